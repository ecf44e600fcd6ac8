import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/store/database/engine.ts';
import { forgetSamples } from '../../src/store/incident/forget-samples.ts';
import { sqlIncidentSamples } from '../../src/store/incident/sql-incident-samples.ts';
import { pruneIntake } from '../../src/store/intake/prune-intake.ts';

/** What every database under the store must forget of deliveries, and when. */
export function forgettingContract(engine: () => Engine) {
  const insert = (key: string) => ({ key, kind: 'click' as const, actor: 'T1/U1' });
  const keysWith = async (prefix: string) => {
    const rows = await engine()
      .db.selectFrom('intake')
      .select('key')
      .where('key', 'like', `${prefix}%`)
      .orderBy('key')
      .execute();
    return rows.map(({ key }) => key);
  };
  const shift = (by: string) =>
    sql`update gatehouse_clock set shift = ${by}::interval`.execute(engine().db);
  const prune = () =>
    pruneIntake(engine().db).handle(
      { subject: 'prune-intake', version: 0 },
      new AbortController().signal,
    );
  afterEach(() => shift('0'));

  test('what somebody still has to be told is kept for a week', async () => {
    const prefix = randomUUID();
    const open = { request: '{}', held_until: new Date() };
    await engine()
      .db.insertInto('intake')
      .values([
        { ...insert(`${prefix}-open`), ...open },
        { ...insert(`${prefix}-told`), ...open, settled_at: new Date() },
      ])
      .execute();
    await shift('6 days 23 hours');
    await prune();
    expect(await keysWith(prefix)).toEqual([`${prefix}-open`]);
    await shift('7 days 1 hour');
    await prune();
    expect(await keysWith(prefix)).toEqual([]);
  });

  test('deliveries are forgotten after 48 hours and not before; twice does no harm', async () => {
    const prefix = randomUUID();
    await engine()
      .db.insertInto('intake')
      .values(insert(`${prefix}-old`))
      .execute();
    await shift('47 hours 59 minutes');
    await prune();
    expect(await keysWith(prefix)).toEqual([`${prefix}-old`]);
    await shift('48 hours 1 minute');
    await engine()
      .db.insertInto('intake')
      .values(insert(`${prefix}-young`))
      .execute();
    await Promise.all([prune(), prune()]);
    expect(await keysWith(prefix)).toEqual([`${prefix}-young`]);
  });

  describe('what the checks of an incident said', () => {
    const samplesOf = async (incident: string) => {
      const { rows } = await sql<{ n: number }>`
        select at::int as n from incident_sample where incident = ${incident} and at < 1000
        union all select 0 where exists (
          select from incident_sample where incident = ${incident} and at >= 1000)
        order by n`.execute(engine().db);
      return rows.map(({ n }) => n);
    };
    const seen = async (...at: number[]) => {
      const incident = randomUUID();
      for (const one of at) await sqlIncidentSamples(engine().db).claim(incident, one);
      return incident;
    };
    /** By the database’s clock, in milliseconds since 1970. */
    const now = async () => {
      const { rows } = await sql<{ now: number }>`
        select gatehouse_ms(gatehouse_now()) as now`.execute(engine().db);
      return rows[0]?.now ?? 0;
    };

    test('is forgotten after 90 days and not before; twice does no harm', async () => {
      const incident = await seen(1, 2, await now());
      await Promise.all([prune(), prune()]);
      expect(await samplesOf(incident)).toEqual([0]);
      await shift('89 days 23 hours');
      await prune();
      expect(await samplesOf(incident)).toEqual([0]);
      await shift('90 days 1 hour');
      await prune();
      expect(await samplesOf(incident)).toEqual([]);
    });

    test('is forgotten in portions', async () => {
      const incident = await seen(...Array.from({ length: 5 }, (_, n) => n + 1));
      expect(await forgetSamples(engine().db, 3)).toBe(3);
      expect(await samplesOf(incident)).toHaveLength(2);
      expect(await forgetSamples(engine().db, 3)).toBe(2);
      expect(await samplesOf(incident)).toEqual([]);
    });

    test('is deleted by nobody else, and what is younger by nobody at all', async () => {
      const incident = await seen(1, await now());
      const remove = sql`delete from incident_sample where incident = ${incident}`;
      await expect(remove.execute(engine().db)).rejects.toThrow('stay as they are');
      const pretending = engine().transact(async (trx) => {
        await sql`set local gatehouse.forgets = 'samples'`.execute(trx);
        await remove.execute(trx);
      });
      await expect(pretending).rejects.toThrow('for 90 days');
      expect(await samplesOf(incident)).toEqual([0, 1]);
      await prune();
    });
  });
}
