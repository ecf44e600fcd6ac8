import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncidentCommand } from '../../../src/core/incident-command.ts';
import type { Actor } from '../../../src/incidents/incident-life.ts';

/** What is done at the moment by the running code, and for whom. */
export interface Doing {
  command: IncidentCommand | null;
  by: Actor;
  seen: number | undefined;
  /** The delivery that it came of, where it is a declaration. */
  origin?: string | null;
  /** Whether another one is wanted although there is one. */
  another?: boolean;
  /** The database’s clock when it was last read for this, in milliseconds since 1970. */
  readAt?: number;
  /** Whether it is read next what became of a change, and not what to decide by. */
  looksBack?: boolean;
}

/** Which command the running code belongs to. */
export const doing = new AsyncLocalStorage<Doing>();

/** The people of every schedule and the roles that they hold in the configuration. */
export const everybody: Readonly<Record<string, readonly string[]>> = {
  'U-sam': ['oncall'],
  'U-primary': ['oncall'],
  'U-secondary': ['oncall', 'secondary'],
  'U-manager': ['manager'],
  'U-security': ['security'],
  'U-ciso': [],
  'U-anybody': [],
};
