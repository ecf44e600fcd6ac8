import { describe, expect, test } from 'vitest';
import { lifeHouse } from './life-stage.ts';
import { ten } from './stage.ts';

const dana = { id: 'U-dana', team: 'T1', holds: ['oncall'] };
const sam = { id: 'U-sam', team: 'T1', holds: [] };

describe('a declaration', () => {
  test('is kept with its record and its messages', async () => {
    const { declare, life, store, records } = lifeHouse();
    const incident = await declare();
    expect(incident).toMatchObject({ id: 'INC-1', version: 1, title: 'Login is down' });
    expect(await life.find('INC-1')).toEqual(incident);
    expect(await records()).toEqual(['incident.declared']);
    const places = (await store.outbox.take(20)).map(({ kind, to }) => `${kind} ${to}`);
    // of one place the outbox gives out one at a time
    expect(places.toSorted()).toEqual(['notice incident:INC-1', 'notice user:U-primary']);
  });

  test('that came three times is one incident', async () => {
    const { declare, life } = lifeHouse();
    const origin = 'view:V1';
    const all = await Promise.all([1, 2, 3].map(() => declare({ origin })));
    const later = await declare({ origin });
    expect(new Set([...all, later].map(({ id }) => id)).size).toBe(1);
    expect(await life.list({ limit: 10 })).toHaveLength(1);
  });

  test('that came again takes no number', async () => {
    const { declare } = lifeHouse();
    await declare({ origin: 'view:V1' });
    await declare({ origin: 'view:V1' });
    expect((await declare({ origin: 'view:V2' })).id).toBe('INC-2');
  });

  test('of which the database did not say whether it is there is looked for, and made once', async () => {
    let lost = 0;
    const { declare, life } = lifeHouse((incidents) => ({
      declare: async (...all) => {
        const declared = await incidents.declare(...all);
        lost += 1;
        if (lost === 1) throw new Error('the connection was lost');
        return declared;
      },
    }));
    const incident = await declare();
    expect(await life.list({ limit: 10 })).toEqual([incident]);
  });
});

describe('a command', () => {
  test('about what there is not says so', async () => {
    const { life } = lifeHouse();
    const result = await life.do('INC-7', { kind: 'acknowledge' }, dana);
    expect(result).toEqual({ ok: false, error: { kind: 'no-such-incident', id: 'INC-7' } });
  });

  test('of twenty people at once is done once, and the others hear who was first', async () => {
    const { declare, life, records } = lifeHouse();
    await declare();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, k) =>
        life.do('INC-1', { kind: 'acknowledge' }, { ...dana, id: `U-${k}` }),
      ),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.find(({ ok }) => !ok)).toMatchObject({ error: { kind: 'already' } });
    expect(await records()).toEqual(['incident.declared', 'incident.acknowledged']);
  });

  test('of many people at once that are all possible is all done, one after the other', async () => {
    const { declare, life, records } = lifeHouse();
    await declare();
    const add = (k: number) =>
      life.do(
        'INC-1',
        { kind: 'add-follow-up', followUp: { text: `${k}`, owner: null, due: null } },
        sam,
      );
    const all = await Promise.all(Array.from({ length: 10 }, (_, k) => add(k)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    const incident = await life.find('INC-1');
    expect(incident?.followUps.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, k) => `F${k + 1}`),
    );
    expect(incident?.version).toBe(11);
    expect(await records()).toHaveLength(11);
  });

  test('that was made although the database did not say so is not made again', async () => {
    let lost = 0;
    const { declare, life, records } = lifeHouse((incidents) => ({
      transition: async (change) => {
        const outcome = await incidents.transition(change);
        lost += 1;
        if (lost === 1) throw new Error('the connection was lost');
        return outcome;
      },
    }));
    await declare();
    const update = { kind: 'no-change', text: null } as const;
    const done = await life.do('INC-1', update, sam);
    expect(done).toMatchObject({ ok: true, value: { version: 2, updates: { posted: 1 } } });
    expect(await records()).toEqual(['incident.declared', 'incident.unchanged']);
  });

  test('that was made is found also when others have changed more since', async () => {
    let lost = false;
    const { declare, life, records } = lifeHouse((incidents) => ({
      transition: async (change) => {
        const outcome = await incidents.transition(change);
        if (lost || outcome.kind !== 'done') return outcome;
        lost = true;
        const { incident } = outcome;
        await incidents.transition({
          ...change,
          before: incident,
          after: { ...incident, title: 'other' },
        });
        throw new Error('the connection was lost');
      },
    }));
    await declare();
    const done = await life.do('INC-1', { kind: 'no-change', text: null }, sam);
    expect(done).toMatchObject({ ok: true, value: { version: 3, updates: { posted: 1 } } });
    expect(await records()).toHaveLength(3);
  });

  test('that was not made is made after all once the database answers', async () => {
    let failures = 2;
    const { declare, life, records } = lifeHouse((incidents) => ({
      transition: (change) => {
        if (failures > 0) {
          failures -= 1;
          throw new Error('the connection was refused');
        }
        return incidents.transition(change);
      },
    }));
    await declare();
    expect((await life.do('INC-1', { kind: 'acknowledge' }, dana)).ok).toBe(true);
    expect(await records()).toHaveLength(2);
  });

  test('throws what a database throws that is away', async () => {
    const { declare, life } = lifeHouse(() => ({
      transition: async () => {
        throw new Error('the connection was refused');
      },
    }));
    await declare();
    await expect(life.do('INC-1', { kind: 'acknowledge' }, dana)).rejects.toThrow('was refused');
  });

  test('looks up who can be called only where somebody may be', async () => {
    const { declare, life, looks } = lifeHouse();
    await declare();
    const before = looks();
    await life.do('INC-1', { kind: 'acknowledge' }, dana);
    expect(looks()).toBe(before);
    await life.do(
      'INC-1',
      { kind: 'escalate', contact: 'manager', why: 'we need more hands' },
      dana,
    );
    expect(looks()).toBe(before + 1);
  });
});

describe('a button on an old card', () => {
  const resolve = {
    kind: 'resolve',
    resolution: {
      fix: 'a restart',
      cause: 'unknown',
      causeText: null,
      customerText: null,
      withoutWatch: 'everybody can sign in',
    },
    started: null,
    ended: null,
    followUps: [],
  } as const;

  test('changes nothing once it was resolved, and says by whom and when', async () => {
    const { declare, life, time } = lifeHouse();
    await declare();
    await life.do('INC-1', resolve, sam);
    time.stop(12_000);
    const late = await life.do('INC-1', { kind: 'acknowledge' }, dana, 1);
    expect(late).toEqual({
      ok: false,
      error: { kind: 'out-of-date', id: 'INC-1', now: 'resolved', by: 'U-sam', at: ten },
    });
  });

  test('that changes the state does nothing when somebody has changed it since', async () => {
    const { declare, life } = lifeHouse();
    await declare();
    await life.do('INC-1', { kind: 'move', to: 'identified', reason: null }, dana);
    const late = await life.do('INC-1', { kind: 'move', to: 'monitoring', reason: null }, sam, 1);
    expect(late).toMatchObject({ error: { kind: 'out-of-date', by: 'U-dana' } });
    expect(
      (await life.do('INC-1', { kind: 'move', to: 'monitoring', reason: null }, sam, 2)).ok,
    ).toBe(true);
  });

  test('that means the same as before still counts', async () => {
    const { declare, life } = lifeHouse();
    await declare();
    await life.do('INC-1', { kind: 'move', to: 'identified', reason: null }, sam);
    expect((await life.do('INC-1', { kind: 'acknowledge' }, dana, 1)).ok).toBe(true);
  });

  test.each([
    ['acknowledge before resolve', true],
    ['resolve before acknowledge', false],
  ])('%s leaves it resolved', async (_order, first) => {
    const { declare, life } = lifeHouse();
    await declare();
    const acknowledge = () => life.do('INC-1', { kind: 'acknowledge' }, dana, 1);
    if (first) await acknowledge();
    await life.do('INC-1', resolve, sam, 1);
    if (!first) await acknowledge();
    expect(await life.find('INC-1')).toMatchObject({
      state: 'resolved',
      acknowledged: first ? { by: 'U-dana' } : null,
    });
  });
});

describe('somebody of whom Slack does not say who they are', () => {
  const unsure = { ...dana, holds: [], unverified: 'users.info does not answer' };

  test('acknowledges when they were called, and changes nothing else', async () => {
    const { declare, life } = lifeHouse();
    const { id } = await declare();
    const called = { ...unsure, id: 'U-primary' };
    const raise = { kind: 'set-security', on: true, reason: null } as const;
    expect(await life.do(id, raise, called)).toMatchObject({ error: { kind: 'unverified' } });
    expect(await life.do(id, { kind: 'acknowledge' }, called)).toMatchObject({ ok: true });
    expect((await life.find(id))?.security).toBe(false);
  });

  test('acknowledges nothing that they may not by what the incident itself says', async () => {
    const { declare, life } = lifeHouse();
    const { id } = await declare();
    const done = await life.do(id, { kind: 'acknowledge' }, { ...unsure, id: 'U-anybody' });
    expect(done).toMatchObject({ error: { kind: 'may-not' } });
  });
});
