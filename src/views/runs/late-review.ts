import { reminders } from '../../core/break-glass.ts';
import type { Role } from '../../core/person.ts';
import type { Run } from '../../core/run.ts';
import { limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { bold, code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { rolesText } from './run-votes.ts';
import { titleOf } from './run-words.ts';

/** What is told of a use of break-glass that nobody has reviewed in time. */
export interface LateReviewPage {
  run: Run;
  /** When it was used and was to be reviewed, in milliseconds since 1970; null when that has happened meanwhile. */
  open: { usedAt: number; dueAt: number } | null;
  number: number;
  /** Who reviews such a thing. */
  roles: readonly Role[];
}

/** Reminds of a late review: what is late, what that means and what to do. */
export function lateReviewMessage(page: LateReviewPage): Message {
  const { run, open } = page;
  const text = clip(`A review is late: ${line(titleOf(run))}`, limits.text);
  const said = open ? lateText(page, open) : doneText(run);
  return { text, blocks: [section(said)] };
}

const doneText = (run: Run): string =>
  `${bold(titleOf(run))} (${code(run.id, 80)}), which was done by break-glass, has been reviewed meanwhile. Nothing is left to do.`;

function lateText(
  { run, number, roles }: LateReviewPage,
  { usedAt, dueAt }: NonNullable<LateReviewPage['open']>,
): string {
  const { id, requestedBy } = run;
  const review = code(`/auth review ${id} "how it was"`, 120);
  return [
    `:hourglass: *A review is late.* ${mention(requestedBy.id)} did without the approvals of others ${moment(usedAt)}: ${bold(titleOf(run))} (${code(id, 80)}). Somebody else was to look at it until ${moment(dueAt)}, and nobody has.`,
    `${code(`/auth run ${id}`, 100)} shows all of it; ${review} says how it was. Until then ${mention(requestedBy.id)} cannot use break-glass again.`,
    number > reminders.toPeople
      ? `Those who review such a thing were reminded ${reminders.toPeople} times, and nobody is any more. Anybody with the role ${rolesText(roles)} can do it, but not who used it.`
      : `This is reminder ${number} of ${reminders.toPeople}, one a day; then it is said in the channel of the approvals.`,
  ].join('\n');
}
