import type { Channel, Feed, Message, Snapshot } from '../../protocol.ts';
import { type Names, namesOf, withChannel } from './names.ts';

/** Everything that one person sees, indexed for showing. Replaced on every change, never mutated. */
export interface World {
  readonly me: string;
  readonly team: Snapshot['team'];
  readonly app: Snapshot['app'];
  readonly names: Names;
  readonly channels: readonly Channel[];
  /** By channel, oldest first, replies in threads included. */
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  readonly home: Snapshot['home'];
  readonly modals: Snapshot['modals'];
  readonly commands: Snapshot['commands'];
  readonly shortcuts: Snapshot['shortcuts'];
}

/** The world after one entry of the feed. Null until the snapshot has come. */
export function followed(world: World | null, entry: Feed): World | null {
  if (entry.type === 'snapshot') return worldOf(entry.snapshot);
  if (world === null) return null;
  switch (entry.type) {
    case 'message':
      return withMessages(world, entry.message.channel, (list) => placed(list, entry.message));
    case 'deleted':
      return withMessages(world, entry.channel, (list) => list.filter(({ ts }) => ts !== entry.ts));
    case 'channel':
      return withChanged(world, entry.channel);
    case 'room':
      return { ...world, names: withChannel(world.names, { ...entry.room, kind: 'channel' }) };
    case 'home':
      return { ...world, home: entry.home };
    case 'modals':
      return { ...world, modals: entry.modals };
    case 'app':
      return { ...world, app: entry.app };
    case 'faults':
    case 'traffic':
      return world;
  }
}

function worldOf(snapshot: Snapshot): World {
  const { members, groups, channels, rooms, messages, faults: _, ...rest } = snapshot;
  const names = namesOf(members, groups, [...rooms, ...channels]);
  const sorted = [...messages].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  return { ...rest, names, channels, messages: Map.groupBy(sorted, ({ channel }) => channel) };
}

function withMessages(
  world: World,
  channel: string,
  change: (list: readonly Message[]) => readonly Message[],
): World {
  const list = change(world.messages.get(channel) ?? []);
  return { ...world, messages: new Map(world.messages).set(channel, list) };
}

/** In the place of the message with the same ts, or where its time puts it. */
function placed(list: readonly Message[], message: Message): readonly Message[] {
  const at = list.findLastIndex(({ ts }) => ts <= message.ts);
  const same = list[at]?.ts === message.ts;
  return list.toSpliced(same ? at : at + 1, same ? 1 : 0, message);
}

function withChanged(world: World, channel: Channel): World {
  const known = world.channels.findIndex(({ id }) => id === channel.id);
  const mine = channel.kind === 'channel' || channel.members.includes(world.me);
  const at = known === -1 ? world.channels.length : known;
  const channels = world.channels.toSpliced(at, known === -1 ? 0 : 1, ...(mine ? [channel] : []));
  return { ...world, channels, names: withChannel(world.names, channel) };
}
