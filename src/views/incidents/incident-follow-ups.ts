import type { FollowUp, Incident } from '../../core/incident.ts';
import { limits, section } from '../blocks/blocks.ts';
import { fitting } from '../blocks/fitting.ts';
import type { Message } from '../blocks/message.ts';
import { paragraphs } from '../blocks/rows.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';

/** What is to be done after an incident, with who sees to it and by when. */
export function followUpList({ id, followUps }: Pick<Incident, 'id' | 'followUps'>): Message {
  const open = followUps.filter(({ done }) => done === null).length;
  const first =
    followUps.length === 0
      ? `Nothing is to be done after ${code(id, 40)} yet. ${code('/auth incident followup add "what" --owner @somebody --due 7d')} adds something.`
      : `After ${code(id, 40)}, ${open} of ${followUps.length} ${open === 1 ? 'is' : 'are'} still to be done`;
  return {
    text: clip(first, limits.text),
    blocks: fitting([section(first), ...paragraphs(followUps.map(lineOf))], []),
  };
}

const lineOf = ({ id, text, owner, due, done }: FollowUp): string =>
  [
    `${done === null ? ':white_medium_square:' : ':white_check_mark:'} ${code(id, 20)} ${prose(text, 500)}`,
    owner === null ? '*nobody sees to it yet*' : mention(owner),
    due === null ? 'no date' : `by ${moment(due)}`,
  ].join(' · ');
