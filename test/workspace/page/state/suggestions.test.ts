import { expect, test } from 'vitest';
import { namesOf } from '../../../../workspace/page/state/names.ts';
import { commandBeingTyped, suggestionsFor } from '../../../../workspace/page/state/suggestions.ts';
import type { World } from '../../../../workspace/page/state/world.ts';
import type { Member } from '../../../../workspace/protocol.ts';

const member = (id: string, name: string, title: string) =>
  ({ id, name, title, bot: false, deactivated: false }) as Member;
const members = [
  member('U1', 'oncall-1', 'On-call engineer 1'),
  member('U2', 'manager-1', 'Manager 1'),
];
const commands = [
  { command: '/auth', description: 'Operate', usageHint: 'status' },
  { command: '/audit', description: 'Read', usageHint: '' },
];
const world = { names: namesOf(members, [], []), commands } as unknown as World;
const inserts = (text: string, caret = text.length) =>
  suggestionsFor(text, caret, world).list.map(({ insert }) => insert);

test('commands after a slash at the very start', () => {
  expect(inserts('/')).toEqual(['/auth ', '/audit ']);
  expect(inserts('/aut')).toEqual(['/auth ']);
  expect(inserts('see /aut')).toEqual([]);
  expect(inserts('/auth ')).toEqual([]);
});

test('members after an @, by handle or by role', () => {
  expect(inserts('ask @man')).toEqual(['@manager-1 ']);
  expect(inserts('ask @engineer')).toEqual(['@oncall-1 ']);
  expect(inserts('a@man')).toEqual([]);
  expect(suggestionsFor('ask @man', 8, world).from).toBe(4);
});

test('the app comes first, whoever has left does not come', () => {
  const more = [
    { ...members[0], id: 'U3', deactivated: true },
    { ...members[1], id: 'B1', name: 'gatehouse', bot: true },
  ] as Member[];
  const names = namesOf([...members, ...more], [], []);
  const { list } = suggestionsFor('@', 1, { names, commands } as unknown as World);
  expect(list.map(({ hint }) => hint)).toEqual(['@gatehouse', '@oncall-1', '@manager-1']);
});

test('only what stands before the caret counts', () => {
  expect(inserts('@man and more', 4)).toEqual(['@manager-1 ']);
});

test('the usage of a command shows while its arguments are typed', () => {
  expect(commandBeingTyped('/auth st', world)?.usageHint).toBe('status');
  expect(commandBeingTyped('/authx', world)).toBeNull();
});
