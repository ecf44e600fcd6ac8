import { expect, test } from 'vitest';
import { aRequest, granted, grounds } from '../grounds.ts';

const noLimits = { limits: () => ({ perPerson: {}, perTarget: {} }) };

test('however many wait for people, what a dead process left in the middle is found', async () => {
  const { runner, store, find, time } = grounds(noLimits);
  for (let count = 0; count < 510; count += 1) granted(await runner.request(aRequest()));
  await time.pass(1_000);
  const run = granted(await runner.request(aRequest()));
  const left = {
    id: run.id,
    version: run.version,
    patch: { state: 'claimed' as const, fence: 1 },
    audit: { event: 'run.claimed', actor: 'gatehouse', facts: {} },
    jobs: [],
    messages: [],
  };
  expect((await store.runs.transition(left)).kind).toBe('done');
  runner.start();
  await time.pass(5_000);
  expect(await find(run.id)).toMatchObject({
    state: 'superseded',
    why: expect.stringContaining('before the first step'),
  });
  await runner.stop(0);
});
