import { expect, test } from 'vitest';
import { refusedBy } from '../../../src/bot/receiving/refused.ts';

const member = { id: 'U1', team_id: 'T1', name: 'jo', deleted: false, is_bot: false };

test.each<[string, object, string | null]>([
  ['a member', {}, null],
  ['an administrator', { is_admin: true, is_restricted: false, is_ultra_restricted: false }, null],
  ['a guest of several channels', { is_restricted: true }, 'guest'],
  ['a guest of one channel', { is_restricted: true, is_ultra_restricted: true }, 'guest'],
  ['a guest of one channel, said in one word', { is_ultra_restricted: true }, 'guest'],
  ['a bot', { is_bot: true }, 'bot'],
  ['Slackbot, who is said to be no bot', { id: 'USLACKBOT' }, 'bot'],
  ['somebody who left', { deleted: true }, 'deactivated'],
  ['a guest who left', { deleted: true, is_restricted: true }, 'deactivated'],
  ['somebody of another team', { team_id: 'T2' }, 'foreign'],
  ['somebody of no team', { team_id: null }, 'foreign'],
  ['a stranger in a shared channel, whatever team is said', { is_stranger: true }, 'foreign'],
])('%s, as users.info says', (_who, said, expected) => {
  expect(refusedBy({ ...member, ...said }, 'T1')).toBe(expected);
});

test.each([[undefined], [null], ['U1'], [{}], [{ ...member, is_bot: 'no' }], [[]]])(
  'an answer that cannot be read makes nobody a member: %j',
  (answer) => {
    expect(() => refusedBy(answer, 'T1')).toThrow('cannot be read');
  },
);
