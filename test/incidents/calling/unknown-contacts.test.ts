import { expect, test } from 'vitest';
import type { Standing } from '../../../src/core/person.ts';
import { checkLadder, lookAtContacts } from '../../../src/incidents/calling/unknown-contacts.ts';

const person = (id: string): Standing => ({
  kind: 'member',
  person: { id, team: 'T1', roles: [] },
});
const directory = {
  standing: async (id: string): Promise<Standing> => {
    if (id === 'U0GONE') return { kind: 'refused', why: 'deactivated' };
    if (id === 'U0NOBODY') return { kind: 'refused', why: 'foreign' };
    if (id === 'U0SLOW')
      return { kind: 'unverified', person: { id, team: 'T1', roles: [] }, why: 'slow' };
    return person(id);
  },
  whoIs: async (member: string) => {
    if (member === 'group:S0SLOW') throw new Error('Slack does not answer');
    return member === 'group:S0ALL' ? ['U0ONE'] : [];
  },
};
const contact = (name: string, ...who: string[]) => ({ name, who });

test('whoever a ladder could call and Slack does not know is named, with the key to change', async () => {
  const contacts = [
    contact('secondary', 'user:U0ONE', 'user:U0GONE'),
    contact('ciso', 'user:U0NOBODY'),
    contact('infra', 'group:S0NONE', 'group:S0ALL'),
  ];
  expect(await checkLadder(contacts, directory, 'T1')).toEqual({
    unknown: [
      'incidents.contacts.ciso.who: user:U0NOBODY is nobody in this workspace; name somebody else, or remove it.',
    ],
    left: [
      'incidents.contacts.secondary.who: user:U0GONE is deactivated; name somebody else, or remove it.',
      'incidents.contacts.infra.who: group:S0NONE is no group with anybody in it; name somebody else, or remove it.',
    ],
    clear: true,
  });
});

test('what Slack does not say now, and a list with nobody on call at this moment, are no mistakes', async () => {
  const contacts = [
    contact('secondary', 'user:U0SLOW', 'group:S0SLOW'),
    contact('primary', 'oncall:primary', 'role:oncall'),
  ];
  expect(await checkLadder(contacts, directory, 'T1')).toEqual({
    unknown: [],
    left: [],
    clear: false,
  });
  const looked = await lookAtContacts(contacts, directory, 'T1');
  expect(looked.map(({ who, why, unclear }) => [who, why, unclear])).toEqual([
    ['user:U0SLOW', 'slow', true],
    ['group:S0SLOW', 'Slack does not answer', true],
    ['oncall:primary', 'nobody is on call now', false],
    ['role:oncall', 'nobody is in it', false],
  ]);
});
