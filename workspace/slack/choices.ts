/** Values in Slack's shape, by block id and action id. */
export type Values = Record<string, Record<string, unknown>>;

/** What each person has chosen in the selects and inputs of each message. */
export interface Choices {
  of(user: string, channel: string, ts: string): Values;
  set(user: string, channel: string, ts: string, values: Values): void;
}

/** This many messages with choices are remembered. */
const kept = 1000;

/** Choices in memory. */
export function createChoices(): Choices {
  const chosen = new Map<string, Values>();
  const key = (...parts: string[]) => parts.join(' ');
  return {
    of: (user, channel, ts) => chosen.get(key(user, channel, ts)) ?? {},
    set(user, channel, ts, values) {
      chosen.set(key(user, channel, ts), values);
      const oldest = chosen.keys().next().value;
      if (chosen.size > kept && oldest !== undefined) chosen.delete(oldest);
    },
  };
}
