import { type Risk, risks } from './risk.ts';

/** So many within a while, and not one more. */
export interface Limit {
  most: number;
  /** In milliseconds. */
  within: number;
}

/** How much may be done. What has no limit is not named. */
export interface Limits {
  /** What one person may ask for, by risk or by the name of an action; {@link refused} is a name of its own. */
  perPerson: Readonly<Record<string, Limit>>;
  /** How often an action, by its name, may begin on one target: a guard against loops. */
  perTarget: Readonly<Record<string, Limit>>;
}

const minute = 60_000;
const hour = 60 * minute;

/** The name for what one person asked for and the machine refused, whatever it was. */
export const refused = 'refused';

/** What holds for whatever the configuration file says nothing about. */
export const usualLimits: Limits = {
  perPerson: {
    low: { most: 30, within: hour },
    high: { most: 20, within: hour },
    destructive: { most: 5, within: hour },
    block: { most: 20, within: 10 * minute },
    refused: { most: 20, within: 10 * minute },
  },
  perTarget: { restart: { most: 3, within: hour } },
};

/** Whether a name under {@link Limits.perPerson} is a risk, and not an action. */
export const isRisk = (name: string): name is Risk => risks.includes(name as Risk);

/** A limit that is reached. */
export interface LimitReached extends Limit {
  per: 'person' | 'target';
  /** The risk or the action that it is for, or {@link refused}. */
  what: string;
  /** When there is room again, by the database’s clock, in milliseconds since 1970. */
  roomAt: number;
}
