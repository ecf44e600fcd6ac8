import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountSubject, personSubject } from '../../src/core/suspensions.ts';
import type { Store } from '../../src/store/open-store.ts';

/** Where suspensions are kept, and what they are written down in. */
export interface SuspensionsSetUp {
  store: Pick<Store, 'suspensions' | 'audit'>;
}

const by = (run: string) => ({ run, actor: 'user:T1/U1', reason: `because of ${run}` });

/** What every implementation of `Suspensions` must do. */
export function suspensionsContract(setUp: () => SuspensionsSetUp) {
  const it = () => setUp().store.suspensions;
  const fresh = () => personSubject({ id: randomUUID(), team: 'T1' });
  const records = async (subject: string) =>
    (await setUp().store.audit.find({ subject, limit: 1_000 })).toReversed();

  test('nobody is suspended before somebody says so', async () => {
    const subject = fresh();
    expect(await it().find(subject)).toBeNull();
    await it().lift(subject, by('R-1'));
    expect(await it().find(subject)).toBeNull();
    expect(await records(subject)).toEqual([]);
  });

  test('who is suspended is found, with the run, who asked and why, until it is lifted', async () => {
    const subject = fresh();
    await it().suspend(subject, by('R-1'));
    const kept = { subject, since: expect.any(Number), ...by('R-1') };
    expect(await it().find(subject)).toEqual(kept);
    expect(await it().people()).toContainEqual(kept);
    await it().lift(subject, by('R-2'));
    expect(await it().find(subject)).toBeNull();
    expect((await it().people()).map((one) => one.subject)).not.toContain(subject);
  });

  test('an account is found by its address however it is spelt, and is nobody of the people', async () => {
    const target = { service: 'rms-auth', env: 'prod' };
    const user = `${randomUUID()}@example.com`;
    await it().suspend(accountSubject(target, user.toUpperCase()), by('R-1'));
    expect(await it().find(accountSubject(target, user))).toMatchObject(by('R-1'));
    expect(await it().find(accountSubject({ ...target, env: 'dev' }, user))).toBeNull();
    const people = (await it().people()).map(({ subject }) => subject);
    expect(people.filter((subject) => !subject.startsWith('person:'))).toEqual([]);
  });

  test('doing it again is the same as once, and the first one stays the one to look up', async () => {
    const subject = fresh();
    for (const run of ['R-1', 'R-1', 'R-2']) await it().suspend(subject, by(run));
    expect(await it().find(subject)).toMatchObject({ run: 'R-1' });
    for (const run of ['R-3', 'R-3']) await it().lift(subject, by(run));
    await it().suspend(subject, by('R-4'));
    expect((await records(subject)).map(({ event, facts }) => [event, facts.run])).toEqual([
      ['access.suspended', 'R-1'],
      ['access.restored', 'R-3'],
      ['access.suspended', 'R-4'],
    ]);
  });

  test('each change has exactly one record, with who and why, and the log is whole', async () => {
    const subject = fresh();
    await it().suspend(subject, by('R-1'));
    await it().lift(subject, by('R-2'));
    expect(await records(subject)).toMatchObject([
      { version: 1, event: 'access.suspended', actor: 'user:T1/U1', facts: { run: 'R-1' } },
      { version: 2, event: 'access.restored', actor: 'user:T1/U1', facts: { run: 'R-2' } },
    ]);
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });

  test('any text can be the reason: what no database can hold is replaced', async () => {
    const subject = fresh();
    const reason = '\0\ud800 <!channel> "\u202e \' or 1=1';
    await it().suspend(subject, { ...by('R-1'), reason });
    const kept = reason.toWellFormed().replaceAll('\0', '\uFFFD');
    expect(await it().find(subject)).toMatchObject({ reason: kept });
  });

  test('whatever is done at once, one thing is done at a time, and each that changed something is recorded', async () => {
    const doing = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(doing, async (rounds) => {
        const subject = fresh();
        for (const round of rounds) {
          await Promise.all(round.map((on) => (on ? it().suspend : it().lift)(subject, by('R-1'))));
        }
        const events = (await records(subject)).map(({ event }) => event);
        const turns = events.map((_, at) => (at % 2 ? 'access.restored' : 'access.suspended'));
        expect(events).toEqual(turns);
        expect((await it().find(subject)) !== null).toBe(events.length % 2 === 1);
      }),
      { numRuns: 15 },
    );
  });
}
