import type { Limit } from './limits.ts';
import type { Risk } from './risk.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/** The requests of one person that count. */
export interface Asked {
  by: Run['requestedBy'];
  /** Of one risk, or of one action. */
  of: { risk: Risk } | { action: string };
  /** The run that does not count: the one that is asked about. */
  except: string;
}

/** The runs on one service that count. */
export interface Begun {
  action: string;
  target: Target;
  except: string;
}

/**
 * Counts runs by the database’s clock, for limits that hold across restarts. Answers when there is room
 * for one more, in milliseconds since 1970; null when there is.
 */
export interface Tally {
  /** Counts what was put to people or approved, by when it was asked for. What the machine refused does not count. */
  asked(what: Asked, limit: Limit): Promise<number | null>;
  /**
   * Counts what the machine refused a person, or broke off, before it was put to anybody: by when it was
   * asked for.
   */
  refused(by: Run['requestedBy'], limit: Limit): Promise<number | null>;
  /**
   * Counts what began to change the target, by when it began: alone, or as one of all services of its
   * environment that the plan has steps on.
   */
  begun(what: Begun, limit: Limit): Promise<number | null>;
}
