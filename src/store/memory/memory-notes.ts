import type { Notes } from '../../core/audit.ts';
import type { Clock } from '../../core/clock.ts';
import { noNotes, noteDown } from '../audit/note-down.ts';
import { storedJson } from '../database/stored-json.ts';
import type { MemoryLog } from './memory-log.ts';

/** Notes in the log of a store in memory. */
export function memoryNotes(clock: Pick<Clock, 'now'>, log: MemoryLog): Notes {
  const kept = new Map<string, { version: number; count: typeof noNotes }>();
  return {
    append: async (subject, entry) => {
      const before = kept.get(subject) ?? { version: 0, count: noNotes };
      const at = clock.now();
      const { entries, count } = noteDown(before.count, { subject, entry, now: at });
      const about = storedJson({ id: subject });
      let { version } = before;
      for (const one of entries) {
        version += 1;
        log.append({ subject, about, version, at, entry: one });
      }
      kept.set(subject, { version, count });
    },
  };
}
