import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Channel, Message } from '../../protocol.ts';
import { memberName } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import type { World } from '../state/world.ts';
import { clockText } from '../text/clock.ts';
import { decoded } from '../text/entities.ts';
import { icon } from './icon.ts';

/** How many messages are pinned; a press shows which. */
export function pinned(pane: Pane, world: World, { id, pins }: Channel): VNode | null {
  if (pins.length === 0) return null;
  const messages = (world.messages.get(id) ?? []).filter(({ ts }) => pins.includes(ts));
  const listId = `${pane.side}-pins`;
  return html`<span class="menu">
    <button type="button" class="badge" popovertarget=${listId}>
      ${icon('pin')}${pins.length}<span class="sr-only"> pinned messages</span>
    </button>
    <div id=${listId} popover class="pins">
      <h3>Pinned</h3>
      <ul>${messages.map((message) => pin(message, world))}</ul>
    </div>
  </span>`;
}

const pin = ({ user, ts, text }: Message, { names }: World): VNode =>
  html`<li><strong>${memberName(user, names)}</strong> <time>${clockText(ts)}</time>
    <p>${decoded(text)}</p></li>`;
