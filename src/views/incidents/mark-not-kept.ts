import { section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { code } from '../text/code.ts';
import { channelMention } from '../text/mention.ts';

/** Tells somebody that what they have marked in these channels is on no timeline. */
export function markNotKept(channels: readonly string[]): Message {
  const where = [...new Set(channels)].slice(0, 10).map(channelMention).join(', ');
  const what = channels.length === 1 ? 'A message that you marked' : 'Messages that you marked';
  const is = channels.length === 1 ? 'is' : 'are';
  const text = `${what} in ${where} ${is} not on the timeline of an incident, because the database could not be reached. If that was wanted: when it can be reached again, and the message is not there then, take your mark away and put it there once more, or type ${code('/auth incident note')}.`;
  return { text: `${what} ${is} not on the timeline of an incident.`, blocks: [section(text)] };
}
