import { formatDuration } from '../../core/duration.ts';
import type { Run } from '../../core/run.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';

/** Who is told when nobody decides, and who was: a line, or none where nobody is. */
export function escalationLines(run: Run): string[] {
  const { state, approval, escalated, waitsUntil } = run;
  const escalate = approval?.escalate;
  if (!escalate) return [];
  if (escalated) {
    const whom = namesText(escalated.to);
    const waited = `*Escalated:* nobody had decided it for ${formatDuration(escalate.after)}`;
    return escalated.people.length === 0
      ? [`${waited}, and there is nobody to tell but those it is about: ${whom}.`]
      : [`${waited}, so ${peopleText(escalated.people)} heard of it (${whom}).`];
  }
  if (state !== 'waiting' || waitsUntil === null) return [];
  const at = waitsUntil - approval.waits + escalate.after;
  return [`If nobody has decided it ${moment(at)}, ${namesText(escalate.to)} hears of it.`];
}

/** What somebody reads first who is told that it waits; nothing once it does not any more. */
export function toldLines({ state, approval }: Run): string[] {
  if (state !== 'waiting' || !approval?.escalate) return [];
  return [
    `:mega: *Nobody has decided this for ${formatDuration(approval.escalate.after)}, so you hear of it.* Who may decide it stands below; being told gives nobody that right. If it is not you, find somebody who may.`,
  ];
}

/** More than anybody names. */
const most = 10;

const namesText = (names: readonly string[]): string =>
  names
    .slice(0, most)
    .map((name) => code(name, 60))
    .join(', ');

const peopleText = (people: readonly string[]): string => {
  const more = people.length > most ? ` and ${people.length - most} more` : '';
  return `${people.slice(0, most).map(mention).join(', ')}${more}`;
};
