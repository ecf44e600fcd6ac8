import { effect } from '@preact/signals';
import { ask } from './control.ts';
import type { Pane } from './pane.ts';
import { openPlace } from './place.ts';
import { agreed } from './question.ts';

/** Goes to the channel whose mention was pressed; into one that the person is not in only when asked. */
export async function followMention(pane: Pane, { target }: Event): Promise<void> {
  const mention = (target as Element).closest<HTMLElement>('[data-channel]');
  const id = mention?.dataset.channel;
  if (id === undefined) return;
  const world = pane.world.value;
  if (!world?.channels.some((channel) => channel.id === id)) {
    const name = world?.names.channels.get(id) ?? '';
    if (!(await agreed(pane, joining(name)))) return;
    const answer = await ask('join', { as: pane.person.value ?? '', channel: id });
    if (answer.ok) openOnceIn(pane, id);
    return;
  }
  openPlace(pane, id);
}

/** The answer may come before the news that the person is in it, and whoever went elsewhere meanwhile stays there. */
function openOnceIn(pane: Pane, id: string): void {
  const [from, as] = [pane.place.value, pane.person.value];
  const stop = effect(() => {
    const isIn = pane.world.value?.channels.some((channel) => channel.id === id) ?? false;
    const isElsewhere = pane.place.value !== from || pane.person.value !== as;
    if (!isIn && !isElsewhere) return;
    queueMicrotask(() => stop());
    if (!isElsewhere) openPlace(pane, id);
  });
}

const plain = (text: string) => ({ type: 'plain_text', text });

const joining = (name: string) => ({
  title: plain(`Join #${name}?`),
  text: plain('You are not in this channel. Whoever is in it will see that you are there.'),
  confirm: plain('Join'),
  deny: plain('Stay here'),
});
