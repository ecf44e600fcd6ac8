import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Message } from '../../protocol.ts';
import { Menu, type MenuItem } from '../elements/menu.ts';
import { show } from '../show.ts';
import { ask, failureText } from '../state/control.ts';
import type { Pane } from '../state/pane.ts';
import type { Surface } from '../state/surface.ts';
import { emoji, quickReactions } from '../text/emoji.ts';
import { icon } from './icon.ts';
import { ReactionPicker } from './reaction-picker.ts';
import { react } from './reactions.ts';
import { openThread } from './thread-summary.ts';

/**
 * What can be done with a message: react, reply, pin, delete, and the app's message shortcuts. Nothing, as in
 * Slack, with one that only its reader sees.
 */
export function tools(
  pane: Pane,
  message: Message,
  surface: Surface,
  inThread: boolean,
): VNode | null {
  if (message.onlyFor !== null) return null;
  const shortcuts = pane.world.peek()?.shortcuts.filter(({ type }) => type === 'message') ?? [];
  const items = [
    ...shortcuts.map(({ name, callbackId }) => ({
      text: name,
      choose: () => void runShortcut(surface, message, callbackId),
    })),
    ...ownItems(pane, message),
  ];
  return html`<div class="tools" role="group" aria-label="Message actions">
    ${quickReactions.map((name) => reactButton(pane, message, name))}
    ${show(ReactionPicker, { choose: (name: string) => react(pane, message, name) })}
    ${inThread ? null : replyButton(pane, message)}
    ${items.length > 0 ? show(Menu, { label: 'More actions', face: icon('more'), items }) : null}
  </div>`;
}

/** Pinning is everybody's; deleting only the author's, and that of the app's messages everybody's. */
function ownItems(pane: Pane, { channel, ts, user }: Message): MenuItem[] {
  const { members } = pane.reader.peek().names;
  const target = { as: pane.person.peek() ?? '', channel, ts };
  const pinned = pane.channel.peek()?.pins.includes(ts);
  const mine = user === target.as || members.get(user)?.bot;
  return [
    { text: pinned ? 'Unpin' : 'Pin to the channel', choose: () => void ask('pin', target) },
    ...(mine ? [{ text: 'Delete', choose: () => void ask('remove', target) }] : []),
  ];
}

const replyButton = (pane: Pane, { ts, threadTs }: Message): VNode =>
  html`<button type="button" class="icon-button" aria-label="Reply in thread" title="Reply in thread"
    onClick=${() => openThread(pane, threadTs ?? ts)}>${icon('thread')}</button>`;

const reactButton = (pane: Pane, message: Message, name: string): VNode =>
  html`<button type="button" class="icon-button" aria-label=${`React with ${name}`} title=${`:${name}:`}
    onClick=${() => react(pane, message, name)}>${emoji(name)}</button>`;

async function runShortcut({ pane, failure }: Surface, message: Message, callbackId: string) {
  const { channel, ts } = message;
  const answer = await ask('shortcut', {
    as: pane.person.value ?? '',
    callbackId,
    message: { channel, ts },
  });
  const appName = pane.world.value?.app.name ?? 'The app';
  failure.value = answer.ok ? null : failureText(answer.error, appName);
}
