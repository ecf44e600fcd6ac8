import { formatDuration } from '../../core/duration.ts';
import type { Plan, Revert } from '../../core/plan.ts';
import { type Ended, type EndedOn, isOver, mostTries, type Run } from '../../core/run.ts';
import { type Target, targetName } from '../../core/target.ts';
import { code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { moment } from '../text/moment.ts';
import { proseWithNames } from '../text/prose.ts';

/** When what a run did ends by itself, or how it has ended: lines, or none when it does not. */
export function endingLines(run: Run): string[] {
  const { ending, target } = run;
  if (ending === null) return [];
  if (ending.on) return linesOn(run, ending.at, ending.on);
  return ending.ended === null
    ? [`*Ends by itself* ${moment(ending.at)}.`]
    : [endedLine(run, ending.ended, target)];
}

/** What was done to all services: where it has ended, and where not yet. */
function linesOn(run: Run, at: number, on: EndedOn): string[] {
  const services = Object.keys(on);
  const open = services.filter((service) => on[service] === null);
  const far = open.length < services.length ? `, not yet on ${line(open.join(', '))}` : '';
  const ahead = open.length > 0 ? [`*Ends by itself* ${moment(at)}${far}.`] : [];
  const ended = services.flatMap((service) => {
    const how = on[service];
    return how ? [endedLine(run, how, { ...run.target, service }, service)] : [];
  });
  return [...ahead, ...ended];
}

/** What became of the end of what a run did, in one place; `only` names it where there are others. */
function endedLine({ ending, plan }: Run, ended: Ended, place: Target, only?: string): string {
  const by = code(ended.by, 80);
  const on = only === undefined ? '' : ` on ${line(only)}`;
  switch (ended.how) {
    case 'done':
      return `*Ended by itself*${on}, as the run ${by}.`;
    case 'replaced':
      return `*Replaced*${on} by the newer run ${by}: that one says when it ends.`;
    case 'given-up': {
      const words = plan?.revert ? wordsOf(plan.revert) : '';
      const command = code(`/auth ${words} ${targetName(place)}`);
      return `*:warning: It should have ended*${on} ${moment(ending?.at ?? 0)}, and does not end by itself: ${by} was the last of many tries. End it by hand: ${command}.`;
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
function wordsOf({ action, params }: Omit<Revert, 'after'>): string {
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
export function endAgainText(run: Run, wasLastTry = false): string {
  const { parent, state, why, action, params, target } = run;
  if (parent === null || state === 'succeeded') return '';
  if (!isOver(state)) return why === null ? '' : proseWithNames(why, 600);
  if (!wasLastTry) {
    return `Gatehouse looks again and tries it anew by itself, in a run of its own, up to ${mostTries} times in all.`;
  }
  const command = code(`/auth ${wordsOf({ action, params })} ${targetName(target)}`);
  return `It was the last of ${mostTries} tries, and Gatehouse does not try it again. End it by hand: ${command}.`;
}
