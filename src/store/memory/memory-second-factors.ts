import type { Clock } from '../../core/clock.ts';
import { type FactorRows, type FactorState, noFactor } from '../../core/second-factor.ts';
import { asStored, storedJson } from '../database/stored-json.ts';
import type { MemoryLog } from './memory-log.ts';

/** Second factors for as long as the process lives. */
export function memorySecondFactors(clock: Pick<Clock, 'now'>, log: MemoryLog): FactorRows {
  const kept = new Map<string, { version: number; state: FactorState }>();
  const none = { version: 0, state: noFactor };
  return {
    find: async (subject) => {
      const { version, state } = kept.get(subject) ?? none;
      return { version, state: asStored(state), now: clock.now() };
    },
    all: async () =>
      [...kept]
        .map(([subject, { state }]) => ({ subject, state: asStored(state) }))
        .toSorted((a, b) => (a.subject < b.subject ? -1 : 1)),
    write: async ({ subject, version, state, entry, within }) => {
      const now = clock.now();
      if (version !== (kept.get(subject) ?? none).version) return false;
      if (within && (now < within.from || now >= within.to)) return false;
      kept.set(subject, { version: version + 1, state: asStored(state) });
      const about = storedJson({ id: subject });
      log.append({ subject, about, version: version + 1, at: now, entry });
      return true;
    },
  };
}
