import { expect, test } from 'vitest';
import type { Standing } from '../../src/core/person.ts';
import { mayReadPage } from '../../src/gatehouse/may-read-page.ts';
import { someIncident } from '../support/some-incident.ts';

const open = someIncident(42);
const shut = someIncident(42, { security: true });
const member = (roles: string[]): Standing => ({
  kind: 'member',
  person: { id: 'U9', team: 'T1', roles },
});
const unknown: Standing = {
  kind: 'unverified',
  person: { id: 'U9', team: 'T1', roles: [] },
  why: 'Slack is slow',
};
const gone = (why: 'deactivated' | 'suspended' | 'guest'): Standing => ({ kind: 'refused', why });

function reading(standing: Standing | 'fails') {
  const asked: unknown[] = [];
  const directory = {
    standing: async (...all: unknown[]) => {
      asked.push(all);
      if (standing === 'fails') throw new Error('Slack is away');
      return standing;
    },
  };
  return { asked, tools: { config: { team: 'T1' }, directory } };
}

test.each([
  ['a member', member([]), true, false],
  ['whoever holds the role for what is about security', member(['security']), true, true],
  ['somebody who was deactivated', gone('deactivated'), false, false],
  ['somebody who was suspended', gone('suspended'), false, false],
  ['a guest', gone('guest'), false, false],
  ['somebody of whom nobody says who they are', unknown, true, false],
  ['somebody while Slack is away', 'fails', true, false],
] as const)(
  '%s reads what they may, and not more, however good the link is',
  async (_who, standing, mayOpen, mayShut) => {
    const { tools, asked } = reading(standing);
    expect(await mayReadPage(tools, 'U9', open)).toBe(mayOpen);
    expect(await mayReadPage(tools, 'U9', shut)).toBe(mayShut);
    expect(asked[0]).toEqual(['U9', 'T1', { maxAge: 30_000 }]);
  },
);

test('whoever is named in what is about security reads it also while nobody says who they are', async () => {
  const mine = { ...shut, declaredBy: { id: 'U9', team: 'T1' } };
  expect(await mayReadPage(reading('fails').tools, 'U9', mine)).toBe(true);
  expect(await mayReadPage(reading(gone('deactivated')).tools, 'U9', mine)).toBe(false);
});
