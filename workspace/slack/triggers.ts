/** How long a trigger opens something, in milliseconds. */
const lifetime = 3000;

/** What a trigger stands for: who did something, and in which modal. */
export interface Trigger {
  user: string;
  /** The view it was made in, which `views.push` needs; null outside of modals. */
  view: string | null;
}

/** The error names of a trigger that opens nothing. */
export type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

/** The keys by which an app opens something in answer to a person: once, and only for three seconds. */
export interface Triggers {
  make(trigger: Trigger): string;
  take(id: string): Trigger | TriggerError;
}

/** Triggers in memory: they do not live long enough to be worth keeping. */
export function createTriggers(now: () => number, secret: () => string): Triggers {
  const made = new Map<string, { trigger: Trigger; at: number; used: boolean }>();
  let count = 0;
  return {
    make(trigger) {
      for (const [id, { at }] of made) if (now() - at > 60_000) made.delete(id);
      count += 1;
      const id = `${1_000_000_000_000 + count}.${700_000_000_000 + count}.${secret()}`;
      made.set(id, { trigger, at: now(), used: false });
      return id;
    },
    take(id) {
      const found = made.get(id);
      if (!found) return 'invalid_trigger_id';
      if (found.used) return 'exchanged_trigger_id';
      if (now() - found.at > lifetime) return 'expired_trigger_id';
      found.used = true;
      return found.trigger;
    },
  };
}
