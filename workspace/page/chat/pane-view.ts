import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { show } from '../show.ts';
import { followMention } from '../state/follow-mention.ts';
import { memberName } from '../state/names.ts';
import { homePlace, type Pane } from '../state/pane.ts';
import type { World } from '../state/world.ts';
import { channelHeader } from './channel-header.ts';
import { Composer } from './composer.ts';
import { Confirm } from './confirm.ts';
import { rememberFocus } from './dialog.ts';
import { Home } from './home.ts';
import { MessageList } from './message-list.ts';
import { Modal } from './modal.ts';
import { personPicker } from './person-picker.ts';
import { Sidebar } from './sidebar.ts';
import { Thread } from './thread.ts';

/** One person's view: who they are, where they can go, where they are, and what is asked of them. */
export function PaneView({ pane }: { pane: Pane }): VNode {
  const world = pane.world.value;
  const asked = pane.question.value !== null || (world?.modals.length ?? 0) > 0;
  const name = world ? memberName(world.me, world.names) : '…';
  return html`<section class=${`pane ${pane.side}`} id=${`${pane.side}-pane`} aria-label=${`${name}, ${pane.side} pane`}>
    <div class="pane-content" inert=${asked} onFocusIn=${rememberFocus}
      onClick=${(event: Event) => void followMention(pane, event)}>
      <div class="pane-side">${personPicker(pane)}${show(Sidebar, { pane })}</div>
      <div class="pane-main">${world ? main(pane, world) : html`<p class="empty">${waitingText(pane)}</p>`}</div>
      ${thread(pane)}
    </div>
    ${asked ? html`<div class="veil"></div>` : null}
    ${world?.modals.map((view, at, { length }) => show(Modal, { pane, view, onTop: at === length - 1 }, view.id))}
    ${question(pane)}
  </section>`;
}

const waitingText = ({ connected, person }: Pane): string =>
  person.value !== null && connected.value ? 'One moment…' : 'Connecting to the workspace…';

function main(pane: Pane, world: World): VNode | null {
  const channel = pane.channel.value;
  if (pane.place.value === homePlace) return show(Home, { pane }, world.me);
  if (!channel) return null;
  const where = `${world.me}/${channel.id}`;
  return html`${channelHeader(pane, world, channel)}
    ${show(MessageList, { pane }, where)}
    ${bottom(pane, world, where)}`;
}

function bottom(pane: Pane, world: World, where: string): VNode {
  const channel = pane.channel.value;
  if (channel?.archived) return html`<p class="no-composer">This channel is archived.</p>`;
  if (!channel?.members.includes(world.me)) {
    return html`<p class="no-composer">You can look, but you are not a member of this channel.</p>`;
  }
  return show(Composer, { pane, threadTs: null }, where);
}

const thread = (pane: Pane): VNode | null =>
  pane.thread.value === null || pane.place.value === homePlace
    ? null
    : show(Thread, { pane, ts: pane.thread.value }, pane.thread.value);

const question = (pane: Pane): VNode | null =>
  pane.question.value &&
  show(Confirm, {
    question: pane.question.value,
    reader: pane.reader.value,
    id: `${pane.side}-confirm`,
  });
