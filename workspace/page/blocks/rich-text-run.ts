import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { calendar } from '../text/calendar.ts';
import { dateText } from '../text/date-mark.ts';
import { emoji } from '../text/emoji.ts';
import { link } from '../text/link.ts';
import {
  broadcastMention,
  channelMention,
  groupMention,
  memberMention,
  type Reader,
} from '../text/mention.ts';
import { type Part, part, string } from './read.ts';

/** One piece of a line of rich text. Its text is taken as it is: nothing in it is a mark. */
export function run(entry: Part, reader: Reader): ComponentChildren {
  return styled(plainRun(entry, reader), part(entry.style));
}

function plainRun(entry: Part, reader: Reader): ComponentChildren {
  switch (entry.type) {
    case 'text':
      return string(entry.text);
    case 'link':
      return link(string(entry.url), string(entry.text) || string(entry.url));
    case 'emoji':
      return emoji(string(entry.name)) ?? `:${string(entry.name)}:`;
    case 'user':
      return memberMention(string(entry.user_id), reader);
    case 'channel':
      return channelMention(string(entry.channel_id), reader);
    case 'usergroup':
      return groupMention(string(entry.usergroup_id), reader);
    case 'broadcast':
      return broadcastMention(string(entry.range));
    case 'date':
      return dateText(Number(entry.timestamp), string(entry.format), calendar);
    case 'color':
      return html`<code>${string(entry.value)}</code>`;
    default:
      return `[${string(entry.type)}]`;
  }
}

/** Code is inside the others, so that bold code is bold. */
function styled(content: ComponentChildren, style: Part): ComponentChildren {
  let result = content;
  if (style.code === true) result = html`<code>${result}</code>`;
  if (style.bold === true) result = html`<strong>${result}</strong>`;
  if (style.italic === true) result = html`<em>${result}</em>`;
  if (style.strike === true) result = html`<s>${result}</s>`;
  if (style.underline === true) result = html`<u>${result}</u>`;
  return result;
}
