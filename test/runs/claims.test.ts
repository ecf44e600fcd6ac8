import { expect, test } from 'vitest';
import type { Action } from '../../src/core/action.ts';
import { everyService } from '../../src/core/target.ts';
import { aRequest, ballot, granted, grounds, storyOf } from './grounds.ts';
import { settle } from './virtual-time.ts';

const name = 'rms-auth@prod';
const asker = { id: 'asker', team: 'T1' };
const other = { id: 'other', team: 'T1' };
const hour = 3_600_000;

test('what somebody else has claimed is refused to be asked for, with who, until when and why; the holder may', async () => {
  const { runner, store, machine } = grounds();
  await store.claims.claim(name, other, 'reading the heap', hour);
  const refused = await runner.request(aRequest());
  expect(refused).toMatchObject({
    ok: false,
    error: { kind: 'claimed', target: name, claim: { by: other, reason: 'reading the heap' } },
  });
  await store.claims.release(name, other);
  await store.claims.claim(name, asker, 'mine', hour);
  const run = granted(await runner.request(aRequest()));
  await runner.vote(ballot(run, 'm1'));
  await settle();
  expect(machine.effects).toEqual(['one', 'two']);
});

test('a claim of another team’s person of the same id is somebody else’s', async () => {
  const { runner, store } = grounds();
  await store.claims.claim(name, { ...asker, team: 'T2' }, 'theirs', hour);
  expect(await runner.request(aRequest())).toMatchObject({ error: { kind: 'claimed' } });
});

test('a claim of one target keeps others from all of its environment, and one of all from each', async () => {
  const { runner, store } = grounds();
  const all = aRequest({ target: { service: everyService, env: 'prod' } });
  await store.claims.claim(name, other, 'one', hour);
  expect(await runner.request(all)).toMatchObject({ error: { kind: 'claimed' } });
  await store.claims.release(name, other);
  await store.claims.claim('all@prod', other, 'all', hour);
  expect(await runner.request(aRequest())).toMatchObject({ error: { kind: 'claimed' } });
});

test('what was asked for before waits visibly once it is approved, and goes on when the claim ends by itself', async () => {
  const ground = grounds();
  const { runner, store, time, machine, find } = ground;
  const run = granted(await runner.request(aRequest()));
  await store.claims.claim(name, other, 'reading the heap', 60_000);
  await runner.vote(ballot(run, 'm1'));
  runner.start();
  await time.pass(5_000);
  const held = await find(run.id);
  expect(held.state).toBe('approved');
  expect(held.why).toMatch(
    /^rms-auth@prod is claimed by user:other until .*Z because reading the heap\.$/,
  );
  expect(machine.effects).toEqual([]);
  await time.pass(60_000);
  expect(await find(run.id)).toMatchObject({ state: 'succeeded', why: null });
  expect(machine.effects).toEqual(['one', 'two']);
  const story = await storyOf(store, run.id);
  expect(story.filter((one) => one.startsWith('run.held'))).toEqual(['run.held gatehouse']);
  expect(await storyOf(store, `claim:${name}`)).toContain('claim.ended gatehouse');
  await runner.stop(0);
});

test('a claim that is made while the lock is being taken is heeded', async () => {
  const ground = grounds();
  const { store, machine, find } = ground;
  const runner = ground.runnerOver({
    locks: {
      ...store.locks,
      acquire: async (...wanted) => {
        await store.claims.claim(name, other, 'just in time', hour);
        return store.locks.acquire(...wanted);
      },
    },
  });
  const run = granted(await runner.request(aRequest()));
  await runner.vote(ballot(run, 'm1'));
  await settle();
  expect((await find(run.id)).state).toBe('approved');
  expect(machine.effects).toEqual([]);
  expect(await store.locks.holders(name)).toEqual([]);
});

test('nothing is asked for or begun while the claims cannot be read', async () => {
  const away = async () => {
    throw new Error('the database is away');
  };
  const ground = grounds();
  const { store, machine, find } = ground;
  const blind = ground.runnerOver({ claims: { ...store.claims, on: away } });
  await expect(blind.request(aRequest())).rejects.toThrow('away');
  const run = granted(await ground.runner.request(aRequest({ reason: 'before it went away' })));
  await blind.vote(ballot(run, 'm1'));
  await settle();
  expect((await find(run.id)).state).toBe('approved');
  expect(machine.effects).toEqual([]);
});

test('what only puts evidence away heeds no claim, and shares its target', async () => {
  const action: Partial<Action> = { lock: 'shared' };
  const { runner, store, machine } = grounds({
    action,
    limits: () => ({ perPerson: {}, perTarget: {} }),
  });
  await store.claims.claim(name, other, 'reading the heap', hour);
  await store.locks.acquire(name, 'somebody', 'shared');
  const run = granted(await runner.request(aRequest()));
  await runner.vote(ballot(run, 'm1'));
  await settle();
  expect(machine.effects).toEqual(['one', 'two']);
});

test('what is limited on its target is alone there, even when it only puts evidence away', async () => {
  const limit = { most: 5, within: hour };
  const { runner, store, machine, find } = grounds({
    action: { lock: 'shared' },
    limits: () => ({ perPerson: {}, perTarget: { restart: limit } }),
  });
  await store.locks.acquire(name, 'somebody', 'shared');
  const run = granted(await runner.request(aRequest()));
  await runner.vote(ballot(run, 'm1'));
  await settle();
  expect((await find(run.id)).state).toBe('approved');
  expect(machine.effects).toEqual([]);
});
