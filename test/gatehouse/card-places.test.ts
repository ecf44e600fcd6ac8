import { expect, test } from 'vitest';
import type { SlackDirectory } from '../../src/bot/people/directory.ts';
import type { BreakGlassRule } from '../../src/core/break-glass.ts';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import { createCardPlaces } from '../../src/gatehouse/card-places.ts';
import { quietLog } from '../support/quiet-log.ts';
import { oneManager, someRun, someYes } from '../support/some-run.ts';

const members: Record<string, string[]> = {
  manager: ['U1', 'U2'],
  auditor: ['U2', 'U3', 'UASKER'],
  security: ['U4'],
};
const directory = {
  whoIs: async (name: string) => {
    if (name === 'oncall:silent') throw new Error('Slack does not answer');
    return name.startsWith('role:') ? (members[name.slice(5)] ?? []) : [name.slice(5)];
  },
  members: async (role: string) => members[role] ?? [],
} as unknown as SlackDirectory;

async function keptPlaces(by: string[], approvals: string | null = 'C-approvals') {
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
  return places;
}

async function placesFor(...about: Parameters<typeof keptPlaces>) {
  const places = await keptPlaces(...about);
  return (number: number) => places.ofLateReview({ run: 'R-1', person: 'T1/UASKER', number });
}

test('a request is seen where requests are approved, by each manager and by who asked; break-glass also by all who are left out, once it is confirmed', async () => {
  const { of } = await keptPlaces(['manager']);
  const requestedBy = { id: 'UASKER', team: 'T1' };
  const usual = ['C-approvals', 'user:U1', 'user:U2', 'user:UASKER'];
  expect(of(someRun({ requestedBy }))).toEqual(usual);
  const approval = { ...oneManager, breakGlass: { reviewWithin: 1, deniedBy: ['manager'] } };
  expect(of(someRun({ requestedBy, approval, votes: [] }))).toEqual(['user:UASKER']);
  const votes = [{ ...someYes, kind: 'confirm' as const, person: 'UASKER' }];
  const all = ['C-security', 'user:U4', ...usual];
  expect(of(someRun({ requestedBy, approval, votes })).toSorted()).toEqual(all.toSorted());
});

test('of a late review everybody is reminded who reviews, but not who used it', async () => {
  const both = await placesFor(['manager', 'auditor']);
  expect([1, 3].map(both)).toEqual(Array(2).fill(['user:U1', 'user:U2', 'user:U3']));
  expect((await placesFor(['auditor']))(2)).toEqual(['user:U2', 'user:U3']);
});

test('in the end it is said where requests are approved, or where break-glass is told', async () => {
  expect((await placesFor(['manager']))(4)).toEqual(['C-approvals']);
  expect((await placesFor(['manager'], null))(4)).toEqual(['C-security']);
});

test('those whom approvals escalate to are known by name, and nobody while one of the names is not', async () => {
  const telling = (to: string[]) => ({
    ...defaultApprovals.production.high,
    escalate: { after: 60_000, to },
  });
  const production = {
    ...defaultApprovals.production,
    high: telling(['role:manager', 'user:U2']),
    destructive: telling(['user:U9', 'oncall:silent']),
  };
  const config = {
    approvals: { ...defaultApprovals, production },
    channels: { approvals: null, incidents: null },
  } as Parameters<typeof createCardPlaces>[0]['config'];
  const places = createCardPlaces({ config, directory, log: quietLog });
  expect(places.named(['user:U9'])).toBeNull();
  places.start();
  await expect.poll(() => places.named(['role:manager', 'user:U2'])).toEqual(['U1', 'U2']);
  await expect.poll(() => places.named(['user:U9'])).toEqual(['U9']);
  expect(places.named(['user:U9', 'oncall:silent'])).toBeNull();
  places.stop();
});
