import { expect, test } from 'vitest';
import type { SlackDirectory } from '../../src/bot/directory.ts';
import type { BreakGlassRule } from '../../src/core/break-glass.ts';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import { createCardPlaces } from '../../src/gatehouse/card-places.ts';
import { quietLog } from '../support/quiet-log.ts';

const members: Record<string, string[]> = {
  manager: ['U1', 'U2'],
  auditor: ['U2', 'U3', 'UASKER'],
  security: ['U4'],
};
const directory = {
  members: async (role: string) => members[role] ?? [],
} as unknown as SlackDirectory;

async function placesFor(by: string[], approvals: string | null = 'C-approvals') {
  const breakGlass: BreakGlassRule = {
    roles: ['oncall'],
    onCall: ['primary'],
    never: [],
    notify: { roles: ['manager', 'security'], channel: 'C-security' },
    perPerson: 2,
    global: 5,
    review: { by, within: 86_400_000 },
  };
  const config = {
    approvals: { ...defaultApprovals, breakGlass },
    channels: { approvals },
  } as Parameters<typeof createCardPlaces>[0]['config'];
  const places = createCardPlaces({ config, directory, log: quietLog });
  places.start();
  await places.known();
  places.stop();
  return (number: number) => places.ofLateReview({ run: 'R-1', person: 'T1/UASKER', number });
}

test('of a late review everybody is reminded who reviews, but not who used it', async () => {
  const both = await placesFor(['manager', 'auditor']);
  expect([1, 3].map(both)).toEqual(Array(2).fill(['user:U1', 'user:U2', 'user:U3']));
  expect((await placesFor(['auditor']))(2)).toEqual(['user:U2', 'user:U3']);
});

test('in the end it is said where requests are approved, or where break-glass is told', async () => {
  expect((await placesFor(['manager']))(4)).toEqual(['C-approvals']);
  expect((await placesFor(['manager'], null))(4)).toEqual(['C-security']);
});
