import { type BreakGlassRule, type BreakGlassUses, reminderIn } from '../../core/break-glass.ts';
import type { Runs } from '../../core/transition.ts';
import type { LateReviewPage } from '../../views/runs/late-review.ts';

/** What the outbox's reminder of a late review is about; null when there is nothing to tell. */
export async function lateReview(
  {
    runs,
    breakGlass,
  }: { runs: Pick<Runs, 'find'>; breakGlass: Pick<BreakGlassUses, 'unreviewed'> },
  rule: BreakGlassRule | undefined,
  subject: string,
): Promise<LateReviewPage | null> {
  const reminder = reminderIn(subject);
  const run = reminder && (await runs.find(reminder.run));
  if (!run) return null;
  const use = (await breakGlass.unreviewed()).find((one) => one.run === run.id);
  const { within, by: roles } = rule?.review ?? { within: 0, by: [] };
  const open = use ? { usedAt: use.at, dueAt: use.at + within } : null;
  return { run, open, number: reminder.number, roles };
}
