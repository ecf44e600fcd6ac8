import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Channel, Control } from '../../protocol.ts';
import { Menu, type MenuItem } from '../elements/menu.ts';
import { show } from '../show.ts';
import { ask } from '../state/control.ts';
import type { Pane } from '../state/pane.ts';
import { agreed } from '../state/question.ts';
import type { World } from '../state/world.ts';
import { icon } from './icon.ts';

/** What a member can do with the whole channel: close it, open it again, let the app in or put it out. */
export function channelMenu(pane: Pane, world: World, channel: Channel): VNode | null {
  if (channel.kind === 'im' || !channel.members.includes(world.me)) return null;
  const items = channel.archived
    ? [item('Open it again', () => change(pane, 'unarchive', channel))]
    : openItems(pane, world, channel);
  return show(Menu, { label: 'Channel', face: icon('more'), items });
}

function openItems(pane: Pane, { app, me }: World, channel: Channel): MenuItem[] {
  const passage = { as: me, channel: channel.id, user: app.botUserId };
  return [
    channel.members.includes(app.botUserId)
      ? item(`Remove ${app.name}`, () => ask('kick', passage))
      : item(`Add ${app.name}`, () => ask('invite', passage)),
    item('Archive', async () => {
      if (await sure(pane, channel)) await change(pane, 'archive', channel);
    }),
  ];
}

const item = (text: string, choose: () => Promise<unknown>): MenuItem => ({
  text: html`<span>${text}</span>`,
  choose: () => void choose(),
});

type Change = keyof Pick<Control, 'archive' | 'unarchive'>;

const change = (pane: Pane, name: Change, { id }: Channel) =>
  ask(name, { as: pane.person.value ?? '', channel: id });

const plain = (text: string) => ({ type: 'plain_text', text });

const sure = (pane: Pane, { name }: Channel): Promise<boolean> =>
  agreed(pane, {
    title: plain(`Archive #${name}?`),
    text: plain('It can be read, but nobody can write in it any more.'),
    confirm: plain('Archive'),
    deny: plain('Leave it open'),
    style: 'danger',
  });
