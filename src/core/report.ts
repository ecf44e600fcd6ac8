import type { Health } from './health.ts';

/**
 * What a query answers with: data, said in words but without any markup. One view turns every
 * report into a Slack message, so that adding a query adds no view.
 */
export interface Report {
  title: string;
  parts: readonly Part[];
  /** What a person may want next: buttons that type a command for them. */
  next: readonly Next[];
}

/** A piece of a report. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'states'; rows: readonly StateRow[] }
  | { kind: 'facts'; facts: readonly Fact[] }
  | { kind: 'log'; name: string; lines: readonly string[]; total: number; complete: boolean };

/** One thing and how it is. */
export interface StateRow {
  health: Health;
  name: string;
  detail: string;
  /** When it was looked at, in milliseconds since 1970: the view shows the age. */
  at: number;
  /** A command that shows more of it. */
  more?: Next;
}

/** A named figure or word. */
export interface Fact {
  name: string;
  value: string;
}

/** A command that a button types. */
export interface Next {
  label: string;
  /** What would be typed after `/auth`. */
  command: string;
}
