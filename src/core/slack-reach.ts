import type { Clock } from './clock.ts';
import type { Absence } from './incidents.ts';

/** Whether Slack can be reached, by what came of the last calls. */
export interface SlackReach {
  /** Slack has answered. */
  answered(): void;
  /** A call did not reach Slack, or Slack was in trouble of its own or did not take the token. */
  failed(why: string): void;
  /** Since when Slack cannot be reached, in milliseconds since 1970, and why; null while it can. */
  away(): { since: number; why: string } | null;
  /** The last time in which it could not be reached, by this process; null when there was none. */
  lastAway(): Absence | null;
  /** Calls back when Slack is there again. */
  onBack(listener: (absence: Absence) => void): void;
}

/** So many failures after each other within so many milliseconds, and Slack counts as away. */
const rule = { failures: 3, within: 60_000 };

/** Slack is there until the opposite is seen. */
export function createSlackReach({ now }: Pick<Clock, 'now'>): SlackReach {
  const listeners: ((absence: Absence) => void)[] = [];
  let failures: number[] = [];
  let away: { since: number; why: string } | null = null;
  let last: Absence | null = null;
  return {
    answered() {
      failures = [];
      if (away === null) return;
      const absence = { from: away.since, until: now() };
      last = absence;
      away = null;
      for (const listener of listeners) listener(absence);
    },
    failed(why) {
      const at = now();
      failures = [...failures.filter((one) => one > at - rule.within), at].slice(-rule.failures);
      const [first = at] = failures;
      if (away !== null) away = { ...away, why };
      else if (failures.length === rule.failures) away = { since: first, why };
    },
    away: () => away,
    lastAway: () => last,
    onBack: (listener) => void listeners.push(listener),
  };
}

/** For how long people are told that Slack was away, in milliseconds. */
const worthKnowing = 3_600_000;

/** The last time in which Slack could not be reached, when that was within the last hour; null otherwise. */
export function recentAbsence(
  { lastAway }: Pick<SlackReach, 'lastAway'>,
  now: number,
): Absence | null {
  const last = lastAway();
  return last !== null && now - last.until <= worthKnowing ? last : null;
}
