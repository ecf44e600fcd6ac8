import type { Catalogue } from '../core/catalogue.ts';
import type { Person } from '../core/person.ts';
import type { Query } from '../core/query.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Report } from '../core/report.ts';
import type { Risk } from '../core/risk.ts';
import type { Target } from '../core/target.ts';
import type { Message, View } from '../views/blocks/message.ts';
import type { Place } from './desk.ts';
import type { Given } from './given.ts';
import type { Setting } from './grammar/setting.ts';
import type { Wrong } from './wrong.ts';

/** What a command declares about itself, whether it only reads or changes something. */
export type Declared = Omit<Query, 'run' | 'risk'> & {
  risk: Risk;
  /** Whether it can be done to every service of an environment at once, as `all@prod`. */
  everywhere?: boolean;
  /** The parameter that names a dependency of the target, where it can be done to one. */
  dependency?: string;
  /** The parameters whose value can be typed as a word wherever it stands, since it looks like nothing else. */
  aside?: readonly { key: string; looks: RegExp }[];
};

/** A command that can be typed: what it declares, and what happens then. */
export interface Command extends Declared {
  /** Under which heading the help lists it. */
  group: string;
  /** Whether it may change something. */
  changes: boolean;
  /**
   * Whether it is for somebody with these rights, who may type it: of what could only be refused to them nothing
   * is shown. Left out, it is for everybody whom the grants allow it.
   */
  forWhom?(setting: Pick<Setting, 'registry' | 'rights'>): boolean;
  perform(invocation: Invocation, asking: Asking): Promise<void>;
  /** Opens a form that asks for what is missing or wrong; only commands that change something have one. */
  ask?(given: Given, wrong: Wrong | null, asking: Omit<Asking, 'catalogue'>): Promise<void>;
}

/** One use of a command: everything looked up and checked, nothing done yet. */
export interface Invocation {
  command: Command;
  target: Target | null;
  /** The environment that was named without a service: nothing else is meant. */
  env?: string;
  /** Whether the environment was taken without having been named. */
  implied: boolean;
  params: unknown;
  filters: readonly Filter[];
  /** What was typed, without `/auth`, as it can be typed again; not there in tests that type nothing. */
  typed?: string;
}

/** What narrows the lines of an answer, after it was redacted. */
export type Filter =
  | { kind: 'grep'; text: string }
  | { kind: 'head' | 'tail'; count: number }
  | { kind: 'count' };

/** Who is asking, what they may do, and the ways to answer them. */
export interface Asking extends Replies {
  person: Person;
  /** Why roles could not be looked up; null when they were. */
  unverified: string | null;
  /** Where it was asked; null on the Home tab and in forms that do not say. */
  place: Place | null;
  /** Whether nobody else reads what is answered: after a mention everybody in the channel does. */
  alone: boolean;
  setting: Setting;
  /** What a run comes of that is asked for now; null where nobody can say. */
  origin: string | null;
  /** The catalogue with only what this person may use the command on. */
  catalogue: Catalogue;
}

/** The ways to answer with data: all of it is redacted on its way, and only then made into a message. */
export interface Replies {
  report(report: Report, filters: readonly Filter[]): Promise<void>;
  refuse(refusal: Refusal): Promise<void>;
  /** Any other page, with the view that shows it. */
  show<Page>(view: (page: Page) => Message, page: Page): Promise<void>;
  /** Opens a form; throws when Slack does not take it, as after three seconds and after a mention. */
  open<Page>(view: (page: Page) => View, page: Page): Promise<void>;
  /** Replaces the form whose button was pressed; throws when that is not there, or not as it was. */
  replace<Page>(view: (page: Page) => View, page: Page): Promise<void>;
}
