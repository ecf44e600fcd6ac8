import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Channel } from '../../protocol.ts';
import { memberName } from '../state/names.ts';
import { homePlace, type Pane } from '../state/pane.ts';
import { openPlace } from '../state/place.ts';
import { unreadCount } from '../state/unread-count.ts';
import type { World } from '../state/world.ts';
import { type IconName, icon } from './icon.ts';

/** Where a person can go: their channels, their conversation with the app, and the app's Home. */
export function Sidebar({ pane }: { pane: Pane }): VNode | null {
  const world = pane.world.value;
  if (!world) return null;
  const rooms = world.channels.filter(({ kind, archived }) => kind !== 'im' && !archived);
  const direct = world.channels.filter(({ kind }) => kind === 'im');
  const archived = world.channels.filter((channel) => channel.archived);
  return html`<nav class="sidebar" aria-label=${`Channels of ${memberName(world.me, world.names)}`}>
    <h2>Channels</h2>
    <ul>${rooms.map((channel) => channelEntry(pane, world, channel))}</ul>
    <h2>${world.app.name}</h2>
    <ul>
      ${entry(pane, homePlace, 'home', 'Home', 0)}
      ${direct.map((channel) => channelEntry(pane, world, channel))}
    </ul>
    ${archived.length > 0 ? html`<h2>Archived</h2><ul>${archived.map((channel) => channelEntry(pane, world, channel))}</ul>` : null}
  </nav>`;
}

const icons: Record<Channel['kind'], IconName> = { channel: 'hash', private: 'lock', im: 'app' };

function channelEntry(pane: Pane, world: World, { id, name, kind }: Channel): VNode {
  const seen = pane.seen.value.get(id) ?? '';
  const unread = unreadCount(world.messages.get(id) ?? [], seen, world.me);
  return entry(pane, id, icons[kind], kind === 'im' ? 'Messages' : name, unread);
}

function entry(pane: Pane, place: string, sign: IconName, text: string, unread: number): VNode {
  const current = pane.place.value === place;
  return html`<li key=${place}>
    <button type="button" class=${unread > 0 ? 'place unread' : 'place'}
      aria-current=${current ? 'page' : undefined} onClick=${() => openPlace(pane, place)}>
      ${icon(sign)}<span class="place-name">${text}</span>
      ${unread > 0 ? html`<span class="count">${unread}<span class="sr-only"> unread</span></span>` : null}
    </button>
  </li>`;
}
