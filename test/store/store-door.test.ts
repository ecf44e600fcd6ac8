import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Delivery } from '../../src/core/intake.ts';
import type { Queue } from '../../src/core/jobs.ts';
import { whyStopped } from '../../src/runs/why-stopped.ts';
import { StoreBusy } from '../../src/store/database/errors.ts';
import { memoryStore as emptyStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/open-store.ts';
import { type StoreDoor, storeDoor } from '../../src/store/store-door.ts';
import { change, entry, newRun } from '../contracts/runs.ts';
import { realClock } from '../support/clock.ts';
import { notingLog } from '../support/noting-log.ts';
import { patience } from '../support/patience.ts';

const delivery = (key: string): Delivery => ({ key, kind: 'click', actor: 'T1/U1' });
const queue = (name: string): Queue => ({
  name,
  retries: 0,
  poll: 1,
  cron: null,
  handle: async () => {},
});

/** A store in memory that notes what is asked of it. */
function memoryStore() {
  const notes: string[] = [];
  const store: Store = {
    ...emptyStore({ clock: realClock }),
    jobs: {
      declare: ({ name }) => void notes.push(`declare ${name}`),
      ready: async () => {},
      enqueue: async ({ subject }) => void notes.push(`enqueue ${subject}`),
    },
    close: async () => void notes.push('close'),
  };
  return { store, notes };
}

const doors: StoreDoor[] = [];
afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));
const doorTo = (open: () => Promise<Store>, patience = 5_000, log = notingLog()) => {
  const door = storeDoor({ open, patience, log });
  doors.push(door);
  return door;
};

test('who comes while it opens waits, and is served when it is open', async () => {
  const { store } = memoryStore();
  const opening = Promise.withResolvers<Store>();
  const door = doorTo(() => opening.promise);
  door.open();
  const early = door.intake.record(delivery('a'));
  expect(door.state()).toEqual({ kind: 'opening', why: null });
  opening.resolve(store);
  expect(await early).toBe('new');
  expect(door.state()).toEqual({ kind: 'open' });
});

test('who has waited long enough hears why, and nothing happens for them later', async () => {
  const { store } = memoryStore();
  const opening = Promise.withResolvers<Store>();
  const door = doorTo(() => opening.promise, 20);
  door.open();
  await expect(door.intake.record(delivery('a'))).rejects.toThrow(
    'The database is not open yet. Nothing will be changed. Commands that only read still work',
  );
  opening.resolve(store);
  await door.opened();
  expect(await door.intake.record(delivery('a'))).toBe('new');
});

test('an attempt that fails is repeated, and the log tells each reason once', async () => {
  const { store } = memoryStore();
  const reasons = ['refused', 'refused', 'starting up'];
  const log = notingLog();
  const door = doorTo(
    async () => {
      const reason = reasons.shift();
      if (reason) throw new Error(reason);
      return store;
    },
    5_000,
    log,
  );
  door.open();
  await vi.waitFor(
    () => expect(door.state()).toEqual({ kind: 'opening', why: 'refused' }),
    patience,
  );
  await door.opened();
  expect(log.lines).toEqual([
    'warn the database could not be opened; trying again',
    'warn the database could not be opened; trying again',
    'info the database is open',
  ]);
});

test('a reason that only a person can change ends it, and everybody is told', async () => {
  const attempt = vi.fn(async () => {
    throw new StoreBusy('data');
  });
  const door = doorTo(attempt);
  const early = door.intake.record(delivery('a'));
  door.open();
  await expect(early).rejects.toThrow('cannot be opened: The data folder data is in use');
  await expect(door.opened()).rejects.toBeInstanceOf(StoreBusy);
  await expect(door.ping()).rejects.toThrow('cannot be opened');
  expect(door.state()).toMatchObject({ kind: 'failed', why: expect.stringContaining('in use') });
  expect(attempt).toHaveBeenCalledTimes(1);
});

test('queues may be declared before it is open and after', async () => {
  const { store, notes } = memoryStore();
  const door = doorTo(async () => store);
  door.jobs.declare(queue('before'));
  door.open();
  await door.opened();
  door.jobs.declare(queue('after'));
  await door.jobs.enqueue({ queue: 'after', subject: 'run-1', version: 1, dueAt: null });
  expect(notes).toEqual(['declare before', 'declare after', 'enqueue run-1']);
});

test('a database that does not answer costs nobody more than their patience', async () => {
  const { store } = memoryStore();
  const never = new Promise<never>(() => {});
  const door = doorTo(
    async () => ({ ...store, intake: { ...store.intake, record: () => never } }),
    20,
  );
  door.open();
  await door.opened();
  await expect(door.intake.record(delivery('a'))).rejects.toThrow('did not answer within 20 ms');
});

test('closing waits for the opening, closes what is behind it, and turns everybody away', async () => {
  const { store, notes } = memoryStore();
  const opening = Promise.withResolvers<Store>();
  const door = doorTo(() => opening.promise);
  door.open();
  const closing = door.close();
  opening.resolve(store);
  await closing;
  expect(notes).toEqual(['close']);
  await expect(door.intake.record(delivery('a'))).rejects.toThrow('shutting down');
});

test('while the door is closed the kill switch counts as on', async () => {
  const opening = Promise.withResolvers<Store>();
  const door = doorTo(() => opening.promise, 20);
  door.open();
  expect(await whyStopped(door.killSwitch)).toMatch(
    /^Whether changes are stopped cannot be read, so none is made: The database is not open yet/,
  );
  opening.resolve(memoryStore().store);
  await door.opened();
  expect(await whyStopped(door.killSwitch)).toBeNull();
});

test('closing stops trying', async () => {
  const open = vi.fn(async () => {
    throw new Error('refused');
  });
  const door = doorTo(open);
  const early = door.intake.record(delivery('a'));
  door.open();
  await vi.waitFor(() => expect(open).toHaveBeenCalled(), patience);
  await Promise.all([door.close(), expect(early).rejects.toThrow('shutting down')]);
  const tries = open.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(open).toHaveBeenCalledTimes(tries);
});

test('a door that nobody opened can be closed', async () => {
  const door = doorTo(async () => memoryStore().store);
  const waiting = door.opened();
  await Promise.all([door.close(), expect(waiting).rejects.toThrow('shutting down')]);
});

describe('what runs need', () => {
  const openDoor = async (store: Store, patience?: number) => {
    const door = doorTo(async () => store, patience);
    door.open();
    await door.opened();
    return door;
  };

  test('reaches the store behind it', async () => {
    const { store } = memoryStore();
    const door = await openDoor(store);
    const added = vi.fn();
    door.outbox.onAdded(added);
    await door.opened();
    const run = await door.runs.create(newRun(), entry('run.requested'));
    expect(await door.runs.find(run.id)).toEqual(run);
    expect(await door.runs.inStates(['requested'])).toEqual([run]);
    const messages = [{ kind: 'card' as const, to: 'C1' }];
    expect(await door.runs.transition(change(run, { messages }))).toMatchObject({ kind: 'done' });
    expect(await door.audit.find({ limit: 10 })).toHaveLength(2);
    expect(await door.audit.verify()).toMatchObject({ ok: true, records: 2 });
    const [row] = await door.outbox.take(10);
    await door.outbox.report(row?.id ?? '', { kind: 'never', why: 'gone' });
    expect(await door.outbox.take(10)).toEqual([]);
    expect(added).toHaveBeenCalled();
    const lock = await door.locks.acquire('rms-auth@prod', run.id);
    expect(await door.locks.holders('rms-auth@prod')).toMatchObject([{ owner: run.id }]);
    if ('fence' in lock) await lock.release();
    expect(await door.locks.holders('rms-auth@prod')).toEqual([]);
  });

  test('is refused in a sentence while it is not open', async () => {
    const door = doorTo(async () => memoryStore().store, 20);
    const refused = /not open yet. Nothing will be changed/;
    await expect(door.runs.create(newRun(), entry('x'))).rejects.toThrow(refused);
    await expect(door.audit.verify()).rejects.toThrow(refused);
    await expect(door.locks.acquire('rms-auth@prod', 'run-1')).rejects.toThrow(refused);
    await expect(door.outbox.take(1)).rejects.toThrow(refused);
  });

  test('does not promise that a change was not made when nobody knows', async () => {
    const { store } = memoryStore();
    const never = () => new Promise<never>(() => {});
    const door = await openDoor({ ...store, runs: { ...store.runs, transition: never } }, 20);
    const changing = door.runs.transition(change({ id: 'run-1', version: 1 }));
    await expect(changing).rejects.toThrow('It is not known whether this was written down');
  });

  test('a lock that comes when nobody waits for it any more is given back', async () => {
    const { store } = memoryStore();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const acquire: Store['locks']['acquire'] = async (target, owner) => {
      await late;
      return store.locks.acquire(target, owner);
    };
    const door = await openDoor({ ...store, locks: { ...store.locks, acquire } }, 20);
    const acquiring = door.locks.acquire('rms-auth@prod', 'run-1');
    await expect(acquiring).rejects.toThrow('did not answer');
    resolve();
    await new Promise((next) => setImmediate(next));
    expect(await store.locks.holders('rms-auth@prod')).toEqual([]);
  });
});
