import {
  type BreakGlassUse,
  type BreakGlassUses,
  type LateReview,
  personOf,
  reminderDue,
  reminderSubject,
  tooMany,
  useSubject,
} from '../../core/break-glass.ts';
import type { Clock } from '../../core/clock.ts';
import { reviewedEntry, usedEntry } from '../audit/break-glass-entries.ts';
import { storedJson, storedText } from '../database/stored-json.ts';
import type { MemoryLog } from './memory-log.ts';
import type { MemoryOutbox } from './memory-outbox.ts';

/** Uses of break-glass for as long as the process lives. */
export function memoryBreakGlass(
  clock: Pick<Clock, 'now'>,
  log: MemoryLog,
  outbox: Pick<MemoryOutbox, 'raise'>,
): BreakGlassUses {
  const uses = new Map<string, BreakGlassUse>();
  const reminded = new Set<string>();
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
    late: async (within) =>
      lateIn([...uses.values()], clock.now() - within).filter(
        (late) => !reminded.has(reminderSubject(late)),
      ),
    remind: async (late, to) => {
      if (to.length === 0 || uses.get(late.run)?.review !== null) return;
      const subject = reminderSubject(late);
      reminded.add(subject);
      outbox.raise(
        subject,
        1,
        to.map((place) => ({ kind: 'review', to: place })),
      );
    },
  };
}

/** Those that were used so long ago, with the reminder that is due. */
const lateIn = (uses: readonly BreakGlassUse[], latest: number): LateReview[] =>
  uses
    .filter(({ review, at }) => review === null && at <= latest)
    .map(({ run, person, at }) => ({ run, person, number: reminderDue(latest - at) }));
