import { expect, test } from 'vitest';
import type { RefusedFor, Standing } from '../../src/core/person.ts';
import { goneFrom } from '../../src/gatehouse/gone.ts';

const person = { id: 'U1', team: 'T1', roles: [] };
const refused = (why: RefusedFor): Standing => ({ kind: 'refused', why });

test.each<[string, Standing, string | null]>([
  ['suspended', refused('suspended'), 'suspended'],
  ['deactivated in Slack', refused('deactivated'), 'deactivated'],
  ['a guest now', refused('guest'), null],
  ['of another team', refused('foreign'), null],
  ['there', { kind: 'member', person }, null],
  ['not known for the moment', { kind: 'unverified', person, why: 'Slack is away' }, null],
])('somebody who is %s', async (_what, standing, gone) => {
  const asked: unknown[] = [];
  const directory = {
    standing: async (...all: unknown[]) => {
      asked.push(all);
      return standing;
    },
  };
  expect(await goneFrom(directory)(person)).toBe(gone);
  expect(asked).toEqual([['U1', 'T1', { maxAge: 600_000, roles: [] }]]); // asks Slack for no groups
});
