import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';

/** What this process does about incidents beside everything else: nobody waits for it. */
export interface Beside {
  /** Does it for an incident, when it is due; once at a time for each. */
  begin(incident: string): void;
  /** Begins nothing more, and resolves once everything that was begun has come to an end. */
  stop(): Promise<void>;
}

/** Nothing is being done yet. What fails is logged with `failed`: it is still due, and found again by whoever looks next. */
export function beside(
  work: (incident: string) => Promise<void>,
  { log, failed }: { log: Log; failed: string },
): Beside {
  const going = new Map<string, Promise<void>>();
  let stopped = false;
  return {
    begin(incident) {
      if (stopped || going.has(incident)) return;
      const ends = work(incident)
        .catch((error: unknown) => log.warn({ incident, why: messageOf(error) }, failed))
        .finally(() => going.delete(incident));
      going.set(incident, ends);
    },
    stop: async () => {
      stopped = true;
      await Promise.all(going.values());
    },
  };
}
