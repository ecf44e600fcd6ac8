import type { DeadlineKind } from './incident.ts';

/** By how much a timer of an incident may be late before somebody has to hear of it, in milliseconds. */
export const mostLag = 10_000;

/**
 * What was due while nobody of Gatehouse was there counts as due so many milliseconds after somebody came back: the
 * updates themselves say what was missed.
 */
export const catchUpWithin = 60_000;

/** What takes as long as Slack or a run does stays due meanwhile: nobody is told the less because of it. */
export const notTimed: readonly DeadlineKind[] = ['setup', 'evidence', 'traces'];

/** After so many milliseconds without a late timer it is over. */
export const calmAfter = 300_000;

/** So many of the incidents are named. */
export const mostNamed = 5;

/** What is late now. */
export interface Lateness {
  /** By how much the latest is late, in milliseconds. */
  lag: number;
  /** In how many incidents something is late, and the ids of the latest of them. */
  count: number;
  incidents: readonly string[];
}

/** One time in which timers were late although somebody was there, in milliseconds since 1970. */
export interface LateTimers extends Omit<Lateness, 'lag'> {
  number: number;
  /** When the latest had been due, and when that was noticed. */
  due: number;
  noticed: number;
  /** When something was last seen to be late, and by how much the latest was at most, in milliseconds. */
  seen: number;
  worst: number;
  /** When it was over; null while it is not. */
  over: number | null;
}

/** Notices that timers are late, whichever process looks, and says it once for each time. */
export interface TimerWatch {
  /** Null while nothing is late by more than {@link mostLag}. */
  look(): Promise<Lateness | null>;
  /** Something is late: says so in these places when it was not said yet. Answers whether this is news. */
  late(lateness: Lateness, to: readonly string[]): Promise<boolean>;
  /** Nothing is late now: says that it is over when nothing was for {@link calmAfter}. Answers whether it did. */
  calm(to: readonly string[]): Promise<boolean>;
  find(number: number): Promise<LateTimers | null>;
}

/** What is said of it: that it began, or that it is over. */
export type LateNews = 'began' | 'over';

/** How the outbox calls one of the two messages. */
export const lateSubject = (number: number | string, news: LateNews): string =>
  `timers-${number}/${news}`;

/** Which of them the outbox means; null when it is none. */
export function lateNewsIn(subject: string): { number: number; news: LateNews } | null {
  const [, number, news] = /^timers-(\d{1,15})\/(began|over)$/.exec(subject) ?? [];
  return number && news ? { number: Number(number), news: news as LateNews } : null;
}
