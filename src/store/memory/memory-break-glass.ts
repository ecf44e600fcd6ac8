import {
  type BreakGlassUse,
  type BreakGlassUses,
  personOf,
  tooMany,
  useSubject,
} from '../../core/break-glass.ts';
import type { Clock } from '../../core/clock.ts';
import { reviewedEntry, usedEntry } from '../audit/break-glass-entries.ts';
import { storedJson, storedText } from '../database/stored-json.ts';
import type { MemoryLog } from './memory-log.ts';

/** Uses of break-glass for as long as the process lives. */
export function memoryBreakGlass(clock: Pick<Clock, 'now'>, log: MemoryLog): BreakGlassUses {
  const uses = new Map<string, BreakGlassUse>();
  const append = (run: string, version: number, entry: ReturnType<typeof usedEntry>) => {
    const subject = useSubject(run);
    const about = storedJson({ id: subject });
    log.append({ subject, about, version, at: clock.now(), entry });
  };
  return {
    barred: async (by, rule) => tooMany([...uses.values()], personOf(by), rule, clock.now()),
    async take(run, by, rule) {
      const person = personOf(by);
      if (uses.get(run)?.person === person) return null;
      const no = tooMany([...uses.values()], person, rule, clock.now());
      if (no) return no;
      uses.set(run, { run, person, at: clock.now(), review: null });
      append(run, 1, usedEntry(run, person));
      return null;
    },
    async review(run, by, text) {
      const use = uses.get(run);
      const reviewer = personOf(by);
      if (!use) return 'no-such-use';
      if (use.person === reviewer) return 'own';
      if (use.review) return 'done-before';
      const review = { by: reviewer, text: storedText(text), at: clock.now() };
      uses.set(run, { ...use, review });
      append(run, 2, reviewedEntry(run, reviewer, review.text));
      return 'done';
    },
    unreviewed: async () => [...uses.values()].filter(({ review }) => review === null),
  };
}
