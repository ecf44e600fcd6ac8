import type { Json } from './elements.ts';
import type { Values } from './values.ts';

/** What clients of Slack remember and the app does not know yet. */
export interface Choices {
  /** What somebody has chosen in the selects and inputs of a message. */
  of(user: string, channel: string, ts: string): Values | undefined;
  set(user: string, channel: string, ts: string, values: Values): void;
  /** The options that the app last suggested to somebody for an external select. */
  suggested(user: string, actionId: string): readonly Json[];
  suggest(user: string, actionId: string, options: readonly Json[]): void;
}

/** Choices in memory: gone with the process, as they are with the window in Slack. */
export function createChoices(): Choices {
  const chosen = createRecent<Values>();
  const offered = createRecent<readonly Json[]>();
  return {
    of: (...place) => chosen.get(place.join(' ')),
    set: (user, channel, ts, values) => chosen.set([user, channel, ts].join(' '), values),
    suggested: (...place) => offered.get(place.join(' ')) ?? [],
    suggest: (user, actionId, options) => offered.set([user, actionId].join(' '), options),
  };
}

/** A map that forgets the oldest entries above this number. */
const kept = 1000;

function createRecent<Value>() {
  const entries = new Map<string, Value>();
  return {
    get: (key: string) => entries.get(key),
    set(key: string, value: Value) {
      entries.delete(key);
      entries.set(key, value);
      const oldest = entries.keys().next().value;
      if (entries.size > kept && oldest !== undefined) entries.delete(oldest);
    },
  };
}
