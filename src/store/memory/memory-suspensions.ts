import type { Clock } from '../../core/clock.ts';
import { peoplePrefix, type Suspension, type Suspensions } from '../../core/suspensions.ts';
import { asStored, storedJson } from '../database/stored-json.ts';
import { type KeptSuspension, suspensionIn, turnSuspensions } from '../people/turn-suspension.ts';
import type { MemoryLog } from './memory-log.ts';

/** Suspensions for as long as the process lives. */
export function memorySuspensions(clock: Pick<Clock, 'now'>, log: MemoryLog): Suspensions {
  const kept = new Map<string, Suspension & KeptSuspension>();
  const unused = { version: 0, suspended: false };
  return turnSuspensions({
    find: async (subject) => suspensionIn(kept.get(subject)),
    people: async () =>
      [...kept.values()]
        .filter(({ subject }) => subject.startsWith(peoplePrefix))
        .flatMap((one) => suspensionIn(one) ?? [])
        .toSorted((a, b) => (a.subject < b.subject ? -1 : 1)),
    read: async (subject) => kept.get(subject) ?? unused,
    write: async ({ subject, version, suspended, by, entry }) => {
      if (version !== (kept.get(subject) ?? unused).version) return false;
      const { run, actor, reason } = asStored(by);
      const at = clock.now();
      const next = version + 1;
      kept.set(subject, { subject, version: next, suspended, since: at, run, actor, reason });
      log.append({ subject, about: storedJson({ id: subject }), version: next, at, entry });
      return true;
    },
  });
}
