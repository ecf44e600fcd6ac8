import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Message } from '../../protocol.ts';
import { show } from '../show.ts';
import type { Pane } from '../state/pane.ts';
import { dayText } from '../text/clock.ts';
import type { Reader } from '../text/mention.ts';
import { moveAmongMessages } from './move.ts';
import { Row } from './row.ts';

/** The messages of the open channel, newest below. A row is made once and kept until its message changes. */
export function MessageList({ pane }: { pane: Pane }): VNode {
  const rowOf = useMemo(() => cachedRows(pane), [pane]);
  const list = pane.messages.value.filter(
    ({ threadTs, broadcast }) => threadTs === null || broadcast,
  );
  const rows = list.flatMap((message, at) => withDay(message, list[at - 1], rowOf));
  const channel = pane.channel.value;
  const name = channel?.kind === 'im' ? 'the app' : `#${channel?.name ?? ''}`;
  return html`<div class="log" id=${`${pane.side}-log`} role="log" tabindex="0"
    aria-label=${`Messages in ${name}`} onKeyDown=${moveAmongMessages}>
    <div class="rows">
      ${rows.length > 0 ? rows : beginning(pane, name)}
    </div>
  </div>`;
}

/** An empty channel says what can be done in it. */
function beginning({ world }: Pane, name: string): VNode {
  const [command] = world.value?.commands ?? [];
  return html`<div class="empty"><p>This is the beginning of ${name}.</p>
    ${command ? html`<p>Type <code>${command.command}</code> to ${lowerFirst(command.description)}.</p>` : null}</div>`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

type RowOf = (message: Message, compact: boolean) => VNode;

/** One vnode per message, as long as neither the message nor a name in it can have changed. */
export function cachedRows(pane: Pane, inThread = false): RowOf {
  const made = new WeakMap<Message, { reader: Reader; compact: boolean; row: VNode }>();
  return (message, compact) => {
    const reader = pane.reader.value;
    const before = made.get(message);
    if (before && before.reader === reader && before.compact === compact) return before.row;
    const row = show(Row, { pane, message, compact, inThread, reader }, message.ts);
    made.set(message, { reader, compact, row });
    return row;
  };
}

/** Messages of one author within this many seconds are shown as one. */
const together = 300;

function withDay(message: Message, before: Message | undefined, rowOf: RowOf): VNode[] {
  const day = dayOf(message);
  if (before && dayOf(before) === day) return [rowOf(message, follows(message, before))];
  const line = html`<div class="day" key=${`day ${day}`}><span>${day}</span></div>`;
  return [line, rowOf(message, false)];
}

const days = new WeakMap<Message, string>();

/** Asked for every message whenever one comes, and formatting is what would cost. */
function dayOf(message: Message): string {
  const day = days.get(message) ?? dayText(message.ts);
  days.set(message, day);
  return day;
}

const follows = (message: Message, before: Message): boolean =>
  message.user === before.user &&
  message.fromSlackbot === before.fromSlackbot &&
  message.onlyFor === before.onlyFor &&
  Number(message.ts) - Number(before.ts) < together;
