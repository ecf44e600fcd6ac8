import { describe, expect, onTestFinished, test } from 'vitest';
import type { SlackDirectory } from '../../src/bot/people/directory.ts';
import type { Standing } from '../../src/core/person.ts';
import { personSubject } from '../../src/core/suspensions.ts';
import { refuseSuspended } from '../../src/gatehouse/suspended.ts';
import { memoryStore } from '../support/memory-store.ts';
import { quietLog } from '../support/quiet-log.ts';

const team = 'T1';
const by = { run: 'R-1', actor: 'user:T1/UBOSS', reason: 'left' };
const refused: Standing = { kind: 'refused', why: 'suspended' };

const directory: SlackDirectory = {
  standing: async (id, from) =>
    id === 'UGUEST'
      ? { kind: 'refused', why: 'guest' }
      : { kind: 'member', person: { id, team: from, roles: ['manager'] } },
  whoIs: async () => ['UJANE', 'UJOAN'],
  members: async () => ['UJANE', 'UJOAN'],
  forget: () => {},
  ready: () => ({ ok: true, why: null }),
};

function setUp() {
  const { suspensions } = memoryStore();
  const its = refuseSuspended({ directory, suspensions, log: quietLog });
  onTestFinished(() => its.stop());
  const leave = (id: string) => suspensions.suspend(personSubject({ id, team }), by);
  return { ...its, suspensions, leave, asked: its.directory };
}

describe('whoever changes something', () => {
  test.each([0, 30_000])(
    'is refused from the very moment of their suspension (maxAge %s)',
    async (maxAge) => {
      const { asked, leave } = setUp();
      expect(await asked.standing('UJANE', team, { maxAge })).toMatchObject({ kind: 'member' });
      await leave('UJANE');
      expect(await asked.standing('UJANE', team, { maxAge })).toEqual(refused);
      expect(await asked.standing('UJOAN', team, { maxAge })).toMatchObject({ kind: 'member' });
      expect(await asked.standing('UJANE', 'T2', { maxAge })).toMatchObject({ kind: 'member' });
    },
  );

  test('counts again once it is lifted', async () => {
    const { asked, leave, suspensions } = setUp();
    await leave('UJANE');
    await suspensions.lift(personSubject({ id: 'UJANE', team }), by);
    expect(await asked.standing('UJANE', team, { maxAge: 0 })).toMatchObject({
      kind: 'member',
      person: { roles: ['manager'] },
    });
  });

  test('holds no role while the database does not say who was suspended', async () => {
    const broken = refuseSuspended({
      directory,
      suspensions: {
        find: () => Promise.reject(new Error('no answer')),
        people: () => Promise.reject(new Error('no answer')),
      },
      log: quietLog,
    });
    expect(await broken.directory.standing('UJANE', team, { maxAge: 0 })).toEqual({
      kind: 'unverified',
      person: { id: 'UJANE', team, roles: [] },
      why: 'It cannot be read who was suspended: no answer',
    });
    expect(await broken.directory.standing('UGUEST', team, { maxAge: 0 })).toMatchObject({
      why: 'guest',
    });
  });
});

describe('whoever only reads', () => {
  test('waits for no database, and is refused once a look has seen it', async () => {
    const { asked, leave, start } = setUp();
    await leave('UJANE');
    expect(await asked.standing('UJANE', team)).toMatchObject({ kind: 'member' });
    start();
    await expect.poll(() => asked.standing('UJANE', team)).toEqual(refused);
    expect(await asked.standing('UJOAN', team)).toMatchObject({ kind: 'member' });
  });

  test('nobody who was suspended is written to as the holder of a role', async () => {
    const { asked, leave, start } = setUp();
    await leave('UJANE');
    start();
    await expect.poll(() => asked.members('manager')).toEqual(['UJOAN']);
    // Whoever an incident would call waits for nobody who has left.
    expect(await asked.whoIs('role:manager')).toEqual(['UJOAN']);
  });
});
