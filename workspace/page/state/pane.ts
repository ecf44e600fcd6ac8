import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Channel, Feed, Message } from '../../protocol.ts';
import type { Reader } from '../text/mention.ts';
import type { Spot } from './address.ts';
import { openFeed } from './feed.ts';
import { noNames } from './names.ts';
import type { Question } from './question.ts';
import { visible } from './visible.ts';
import { followed, type World } from './world.ts';

/** Left and right, as in the address. */
export type Side = 'left' | 'right';

/** The place of the Home tab, beside the channels' ids. */
export const homePlace = 'home';

/** One person's view of the workspace. */
export interface Pane {
  readonly side: Side;
  readonly person: Signal<string | null>;
  /** A channel's id or {@link homePlace}; null until the person's first channel is known. */
  readonly place: Signal<string | null>;
  readonly thread: Signal<string | null>;
  readonly world: ReadonlySignal<World | null>;
  readonly connected: ReadonlySignal<boolean>;
  readonly channel: ReadonlySignal<Channel | null>;
  /** The same object until this person or a name changes. */
  readonly reader: ReadonlySignal<Reader>;
  /** All messages of the channel that is open, replies included. */
  readonly messages: ReadonlySignal<readonly Message[]>;
  /** The ts up to which this person has seen each channel. */
  readonly seen: Signal<ReadonlyMap<string, string>>;
  /** The confirm dialog that waits for an answer. */
  readonly question: Signal<Question | null>;
  /** What is typed but not sent, by where it would go. */
  readonly drafts: Map<string, string>;
  /** What was sent, oldest first. */
  readonly sent: string[];
}

/**
 * Makes a pane and follows its person's feed from then on, whenever the page can be seen; `hear` gets
 * every entry too.
 */
export function createPane(side: Side, spot: Spot, hear: (entry: Feed) => void): Pane {
  const person = signal(spot.person);
  const place = signal(spot.place);
  const world = signal<World | null>(null);
  const connected = signal(false);
  effect(() => {
    if (person.value !== world.peek()?.me) world.value = null;
    if (person.value === null || !visible.value) return;
    return openFeed(person.value, {
      entry(entry) {
        world.value = followed(world.value, entry);
        hear(entry);
      },
      connected(yes) {
        connected.value = yes;
      },
    });
  });
  return { side, person, place, world, connected, ...derived(world, place), ...fresh(spot) };
}

function derived(world: Signal<World | null>, place: Signal<string | null>) {
  const names = computed(() => world.value?.names ?? noNames);
  const me = computed(() => world.value?.me ?? '');
  return {
    reader: computed(() => ({ me: me.value, names: names.value })),
    channel: computed(() => world.value?.channels.find(({ id }) => id === place.value) ?? null),
    messages: computed(() => world.value?.messages.get(place.value ?? '') ?? noMessages),
  };
}

const noMessages: readonly Message[] = [];

const fresh = (spot: Spot) => ({
  thread: signal(spot.thread),
  seen: signal<ReadonlyMap<string, string>>(new Map()),
  question: signal<Question | null>(null),
  drafts: new Map<string, string>(),
  sent: [],
});
