import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Channel, Message } from '../../protocol.ts';
import { memberName } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import type { World } from '../state/world.ts';
import { clockText } from '../text/clock.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { peek } from './peek.ts';

/** How many messages are pinned, and which. */
export function pinned(pane: Pane, world: World, { id, pins }: Channel): VNode | null {
  if (pins.length === 0) return null;
  const messages = (world.messages.get(id) ?? []).filter(({ ts }) => pins.includes(ts));
  return peek({
    id: `${pane.side}-pins`,
    sign: 'pin',
    count: pins.length,
    of: 'pinned',
    entries: messages.map((message) => pin(message, pane, world)),
  });
}

const pin = ({ user, ts, text }: Message, pane: Pane, { names }: World): VNode =>
  html`<strong>${memberName(user, names)}</strong> <time>${clockText(ts)}</time>
    ${mrkdwn(text, pane.reader.value)}`;
