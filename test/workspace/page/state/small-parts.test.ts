import { expect, test } from 'vitest';
import { initials, tintOf } from '../../../../workspace/page/chat/initials.ts';
import { personLike } from '../../../../workspace/page/state/person-like.ts';
import { unreadCount } from '../../../../workspace/page/state/unread-count.ts';
import type { Member, Message } from '../../../../workspace/protocol.ts';

test.each([
  ['On-call engineer 1', 'O1'],
  ['Security engineer', 'SE'],
  ['Viewer', 'VI'],
  ['', '?'],
])('%j is %s on their tile', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('everybody keeps their tint', () => {
  expect(tintOf('U07ONCALL01')).toBe(tintOf('U07ONCALL01'));
  expect(tintOf('')).toMatch(/^tint-[0-7]$/);
});

test('the panes begin with the roles that are asked for, and never with a bot', () => {
  const member = (id: string, title: string, more = {}) =>
    ({ id, title, name: '', ...more }) as Member;
  const members = [
    member('B1', 'On-call bot', { bot: true }),
    member('U1', 'Viewer'),
    member('U2', 'Manager 1'),
  ];
  expect(personLike(members, /manager/i)).toBe('U2');
  expect(personLike(members, /on-?call/i)).toBe('U1');
  expect(personLike([], /x/)).toBeNull();
});

test("one's own messages and replies in threads are not unread", () => {
  const message = (ts: string, user: string, threadTs: string | null = null) =>
    ({ ts, user, threadTs }) as Message;
  const list = [
    message('1', 'U2'),
    message('2', 'U2'),
    message('3', 'U1'),
    message('4', 'U2', '1'),
  ];
  expect(unreadCount(list, '1', 'U1')).toBe(1);
});
