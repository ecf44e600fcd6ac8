import { expect, test } from 'vitest';
import type { AskingRights } from '../../src/runs/run-tools.ts';
import { approvalsAnywhere as defaultApprovals } from '../support/approvals-anywhere.ts';
import { aRequest, ballot, granted, grounds } from './grounds.ts';

/** Only who is on call may ask. */
const asking: AskingRights = {
  roles: () => ['oncall'],
  may: (_, { roles }) => roles.includes('oncall'),
};

test('what was approved is not begun when who asked may not ask for it any more', async () => {
  const { runner, house, machine, find, time } = grounds({ asking });
  runner.start();
  const run = granted(await runner.request(aRequest()));
  house.roles.set('asker', []);
  granted(await runner.vote(ballot(run, 'm1')));
  await time.pass(5_000);
  expect(await find(run.id)).toMatchObject({
    state: 'denied',
    why: 'Who asked for it may not ask for it any more. Nothing was done.',
  });
  expect(machine.effects).toEqual([]);
  await runner.stop(0);
});

test('nobody confirms their own request who may not ask for it any more', async () => {
  const { production } = defaultApprovals;
  const approvals = () => ({
    ...defaultApprovals,
    production: { ...production, high: production.low },
  });
  const { runner, house, machine, find, time } = grounds({ asking, approvals });
  runner.start();
  const run = granted(await runner.request(aRequest()));
  expect(run.approval?.requesterConfirms).toBe(true);
  house.roles.set('asker', ['viewer']);
  granted(await runner.vote(ballot(run, 'asker', { kind: 'confirm' })));
  await time.pass(5_000);
  expect((await find(run.id)).state).toBe('denied');
  expect(machine.effects).toEqual([]);
  await runner.stop(0);
});

test('it waits while nobody knows whether who asked may still ask', async () => {
  const { runner, house, machine, find, time } = grounds({ asking });
  runner.start();
  const run = granted(await runner.request(aRequest()));
  house.silent.add('asker');
  granted(await runner.vote(ballot(run, 'm1')));
  await time.pass(5_000);
  expect((await find(run.id)).state).toBe('approved');
  house.silent.delete('asker');
  await time.pass(20_000);
  expect((await find(run.id)).state).toBe('succeeded');
  expect(machine.effects).toEqual(['one', 'two']);
  await runner.stop(0);
});
