import { formatDuration } from '../../core/duration.ts';
import { liftingLasts, type StopState } from '../../core/kill-switch.ts';
import { limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';

/** What everybody is to know of the kill switch while changes are stopped, or may be. */
export type StopSign = { kind: 'on'; state: StopState } | { kind: 'unreadable'; why: string };

/** What somebody hears who stopped changes or wants them to go on. */
export interface StopAnswer {
  did: 'stopped' | 'off' | 'one-more' | 'was-off';
  state: StopState;
}

/** What became of it, and what is next. */
export function stopMessage({ did, state }: StopAnswer): Message {
  const text = sentences[did](state);
  return { text: clip(text, limits.text), blocks: [section(text)] };
}

const sentences: Record<StopAnswer['did'], (state: StopState) => string> = {
  stopped: (state) =>
    `${signText({ kind: 'on', state })} Nothing new can be asked for, nothing that is approved begins, nothing ends that was to end by itself, and of what is being done no further step begins; a step under way ends as it does. Reading still works.`,
  off: ({ liftedBy }) =>
    `Changes go on: ${liftedBy.map(({ id }) => mention(id)).join(' and ')} said so. What is approved and still valid begins within seconds; ${code('/auth runs')} lists it.`,
  'one-more': (state) => `Your word is recorded. ${signText({ kind: 'on', state })}`,
  'was-off': () => 'Changes are not stopped, so there is nothing to lift and nothing was changed.',
};

/** Since when changes are stopped, by whom, why, and who is still needed for them to go on. */
export function signText(sign: StopSign): string {
  if (sign.kind === 'unreadable') return unreadable(prose(sign.why, 200));
  const { since, by, reason } = sign.state;
  const when = since === null ? '' : ` since ${moment(since)}`;
  const who = by === null ? '' : ` by ${mention(by.id)}`;
  return `:octagonal_sign: *All changes are stopped*${when}${who}: ${prose(reason ?? '', 500)}. ${needed(sign.state)}`;
}

/** The same for a report: plain text. */
export function plainSign(sign: StopSign): string {
  if (sign.kind === 'unreadable') return unreadable(sign.why);
  return `All changes are stopped: ${sign.state.reason}. Approved runs wait, and no further step begins. Type resume-all to let them go on; it takes two people.`;
}

const unreadable = (why: string): string =>
  `Whether changes are stopped cannot be read now, so none is made: ${why}`;

function needed({ liftedBy }: StopState): string {
  const roles = 'with the role `manager` or `security`';
  const how = `${code('/auth resume-all')} within ${formatDuration(liftingLasts)}`;
  const [first] = liftedBy;
  return first === undefined
    ? `They go on when two people ${roles} type ${how} of each other.`
    : `${mention(first.id)} wants them to go on (${moment(first.at)}); one more person ${roles} has to type ${how} of that.`;
}
