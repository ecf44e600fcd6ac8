import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Channel } from '../../protocol.ts';
import { memberName } from '../state/names.ts';
import type { Pane } from '../state/pane.ts';
import type { World } from '../state/world.ts';
import { emoji } from '../text/emoji.ts';
import { decoded } from '../text/entities.ts';
import { link } from '../text/link.ts';
import { channelMenu } from './channel-menu.ts';
import { icon } from './icon.ts';
import { peek } from './peek.ts';
import { pinned } from './pinned.ts';

/** Name, topic, members, pins and bookmarks of the open channel. */
export function channelHeader(pane: Pane, world: World, channel: Channel): VNode {
  const { kind, name, topic, purpose, members, bookmarks } = channel;
  const sign = kind === 'im' ? 'app' : kind === 'private' ? 'lock' : 'hash';
  return html`<header class="channel-header">
    <div class="channel-line">
      <h2>${icon(sign)}<span>${kind === 'im' ? world.app.name : name}</span></h2>
      <p class="topic" title=${decoded(topic || purpose)}>${decoded(topic || purpose)}</p>
      ${kind === 'im' ? null : membersBadge(pane, members, world)}
      ${pinned(pane, world, channel)}
      ${channelMenu(pane, world, channel)}
    </div>
    ${bookmarks.length > 0 ? html`<ul class="bookmarks" aria-label="Bookmarks">${bookmarks.map(bookmark)}</ul>` : null}
  </header>`;
}

function membersBadge(pane: Pane, members: readonly string[], { names }: World): VNode {
  const entries = members.map((id) => memberName(id, names)).sort();
  const id = `${pane.side}-members`;
  return peek({ id, sign: 'people', count: members.length, of: 'members', entries });
}

const bookmark = ({ title, link: address, emoji: sign }: Channel['bookmarks'][number]): VNode =>
  html`<li>${emoji(sign.replaceAll(':', '')) ?? icon('bookmark')}${link(address, decoded(title))}</li>`;
