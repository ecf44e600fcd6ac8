import fc from 'fast-check';
import { expect, test } from 'vitest';
import { followed, type World } from '../../../../workspace/page/state/world.ts';
import type { Channel, Feed, Message, Snapshot } from '../../../../workspace/protocol.ts';

const channel = (id: string, more: Partial<Channel> = {}): Channel => ({
  id,
  name: id.toLowerCase(),
  kind: 'channel',
  members: ['U1'],
  topic: '',
  purpose: '',
  archived: false,
  pins: [],
  bookmarks: [],
  ...more,
});

const message = (ts: string, text = '', where = 'C1') =>
  ({ channel: where, ts, user: 'U1', text, blocks: [], threadTs: null }) as unknown as Message;

const snapshot = (messages: Message[]) =>
  ({
    me: 'U1',
    members: [],
    groups: [],
    channels: [channel('C1')],
    rooms: [],
    messages,
  }) as unknown as Snapshot;

const start = (messages: Message[]) =>
  followed(null, { type: 'snapshot', snapshot: snapshot(messages) }) as World;

const textsOf = (world: World | null) => world?.messages.get('C1')?.map(({ text }) => text);

test('before the snapshot there is no world', () => {
  expect(followed(null, { type: 'message', message: message('1') })).toBeNull();
});

test('a message with a known ts takes the place of the old one, and is another object', () => {
  const before = start([message('1', 'a'), message('2', 'b'), message('3', 'c')]);
  const after = followed(before, { type: 'message', message: message('2', 'B') });
  expect(textsOf(after)).toEqual(['a', 'B', 'c']);
  expect(textsOf(before)).toEqual(['a', 'b', 'c']);
  expect(after?.messages.get('C1')?.[0]).toBe(before.messages.get('C1')?.[0]);
});

test('whatever the order of arrival, messages stand in the order of their time, each once', () => {
  const stamps = fc.array(fc.integer({ min: 10, max: 99 }), { maxLength: 30 });
  fc.assert(
    fc.property(stamps, (list) => {
      const entries = list.map(
        (ts): Feed => ({ type: 'message', message: message(`${ts}`, `${ts}`) }),
      );
      const world = entries.reduce<World | null>(followed, start([]));
      const expected = [...new Set(list)].sort().map(String);
      expect(textsOf(world) ?? []).toEqual(expected);
    }),
  );
});

test('a deleted message is gone', () => {
  const after = followed(start([message('1', 'a'), message('2', 'b')]), {
    type: 'deleted',
    channel: 'C1',
    ts: '1',
  });
  expect(textsOf(after)).toEqual(['b']);
});

test('a renamed channel changes the names, any other change of it does not', () => {
  const world = start([]);
  const topic = followed(world, { type: 'channel', channel: channel('C1', { topic: 'x' }) });
  expect(topic?.names).toBe(world.names);
  expect(topic?.channels[0]?.topic).toBe('x');
  const renamed = followed(world, { type: 'channel', channel: channel('C1', { name: 'new' }) });
  expect(renamed?.names.channels.get('C1')).toBe('new');
});

test('a private channel that one was taken out of is gone', () => {
  const world = followed(start([]), {
    type: 'channel',
    channel: channel('C2', { kind: 'private', members: ['U1'] }),
  });
  expect(world?.channels.map(({ id }) => id)).toEqual(['C1', 'C2']);
  const without = followed(world, {
    type: 'channel',
    channel: channel('C2', { kind: 'private', members: [] }),
  });
  expect(without?.channels.map(({ id }) => id)).toEqual(['C1']);
});
