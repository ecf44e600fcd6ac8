import { formatDuration } from '../core/duration.ts';
import type { Plan } from '../core/plan.ts';
import { isOver, type Run } from '../core/run.ts';
import { targetName } from '../core/target.ts';
import { code } from './code.ts';
import { moment } from './moment.ts';
import { prose } from './prose.ts';

/** When what a run did ends by itself, or how it has ended: a line, or none when it does not. */
export function endingLines({ ending, plan, target }: Run): string[] {
  if (ending === null) return [];
  const { at, ended } = ending;
  if (ended === null) return [`*Ends by itself* ${moment(at)}.`];
  const by = code(ended.by, 80);
  switch (ended.how) {
    case 'done':
      return [`*Ended by itself*, as the run ${by}.`];
    case 'replaced':
      return [`*Replaced* by the newer run ${by}: that one says when it ends.`];
    case 'given-up': {
      const words = plan?.revert ? wordsOf(plan.revert) : '';
      const command = code(`/auth ${words} ${targetName(target)}`);
      return [
        `*:warning: It should have ended* ${moment(at)}, and does not end by itself: ${by} was the last of many tries. End it by hand: ${command}.`,
      ];
    }
  }
}

/** What a plan says about its own end, as long as nobody has begun with it. */
export const endsLine = ({ revert }: Pick<Plan, 'revert'>): string[] =>
  revert
    ? [
        `*Ends by itself* ${formatDuration(revert.after)} after it has begun: ${code(wordsOf(revert))}.`,
      ]
    : [];

/** As somebody would type it: the action and what it is done to. */
function wordsOf({ action, params }: NonNullable<Plan['revert']>): string {
  const values =
    typeof params === 'object' && params !== null && !Array.isArray(params)
      ? Object.values(params)
      : [];
  return [action, ...values.filter((value) => typeof value === 'string')].join(' ');
}

/** What a run that nobody asked for at that moment says of where it comes from. */
export const parentLine = (run: Run, parent: string): string =>
  `Gatehouse began it by itself ${moment(run.createdAt)}: it ends what ${code(parent, 80)} did, and was approved with that. ${code(`/auth run ${parent}`, 100)} shows it.`;

/** What comes after a run that should have ended something and did not; nothing while it is under way. */
export function endAgainText({ parent, state, why }: Run): string {
  if (parent === null || state === 'succeeded') return '';
  if (!isOver(state)) return why === null ? '' : prose(why, 600);
  return 'Gatehouse looks again and tries it anew by itself, in a run of its own.';
}
