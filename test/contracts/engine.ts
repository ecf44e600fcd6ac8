import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/store/database/engine.ts';
import { migrate, needsMigration } from '../../src/store/database/migrate.ts';

/** What every database under the store must do. `engine` gives an open one. */
export function engineContract(engine: () => Engine) {
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

  describe('transactions', () => {
    test('one that fails leaves nothing, and says why', async () => {
      const prefix = randomUUID();
      const failing = engine().transact(async (trx) => {
        await trx
          .insertInto('intake')
          .values(insert(`${prefix}-a`))
          .execute();
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await keysWith(prefix)).toEqual([]);
    });

    test('of any set at once, exactly those that did not fail are there, each whole', async () => {
      const each = fc.record({ rows: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(each, { maxLength: 8 }), async (all) => {
          const prefix = randomUUID();
          const rowsOf = (at: number) =>
            Array.from({ length: all[at]?.rows ?? 0 }, (_, row) => `${prefix}-${at}-${row}`);
          const run = (at: number) =>
            engine().transact(async (trx) => {
              for (const key of rowsOf(at))
                await trx.insertInto('intake').values(insert(key)).execute();
              if (all[at]?.fails) throw new Error('no');
            });
          await Promise.allSettled(all.map((_, at) => run(at)));
          const kept = all.flatMap(({ fails }, at) => (fails ? [] : rowsOf(at)));
          expect(await keysWith(prefix)).toEqual(kept.toSorted());
        }),
        { numRuns: 20 },
      );
    });

    test('a script of the job engine commits nothing of a transaction that is open beside it', async () => {
      const prefix = randomUUID();
      const boss = await engine().bossDatabase();
      const begun = Promise.withResolvers<void>();
      const failing = engine().transact(async (trx) => {
        await trx
          .insertInto('intake')
          .values(insert(`${prefix}-a`))
          .execute();
        begun.resolve();
        await new Promise((resolve) => setTimeout(resolve, 50));
        throw new Error('changed my mind');
      });
      failing.catch(() => {});
      await begun.promise;
      await boss.executeSql('begin; select 1; commit', []);
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await keysWith(prefix)).toEqual([]);
    });

    test('scripts of the job engine that break off do not break what runs beside them', async () => {
      const prefix = randomUUID();
      const boss = await engine().bossDatabase();
      const breaking = () =>
        expect(boss.executeSql('begin; select nonsense; commit', [])).rejects.toThrow();
      const row = (at: number) =>
        engine()
          .db.insertInto('intake')
          .values(insert(`${prefix}-${at}`))
          .execute();
      await Promise.all(Array.from({ length: 20 }, (_, at) => [breaking(), row(at)]).flat());
      expect(await keysWith(prefix)).toHaveLength(20);
    });

    test('a statement beside an open one is not part of it', async () => {
      const prefix = randomUUID();
      const beside = async () => {
        await engine()
          .db.insertInto('intake')
          .values(insert(`${prefix}-beside`))
          .execute();
      };
      let besides: Promise<void> | undefined;
      const failing = engine().transact(async (trx) => {
        await trx
          .insertInto('intake')
          .values(insert(`${prefix}-inside`))
          .execute();
        besides = beside();
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await besides;
      expect(await keysWith(prefix)).toEqual([`${prefix}-beside`]);
    });
  });

  describe('time', () => {
    const shift = (by: string) =>
      sql`update gatehouse_clock set shift = ${by}::interval`.execute(engine().db);
    afterEach(() => shift('0'));

    test('gatehouse_now() is the time, and can be shifted for everybody at once', async () => {
      const seconds = sql<{ ahead: number }>`
        select round(extract(epoch from gatehouse_now() - now()))::int as ahead`;
      expect((await seconds.execute(engine().db)).rows).toEqual([{ ahead: 0 }]);
      await shift('90 minutes');
      expect((await seconds.execute(engine().db)).rows).toEqual([{ ahead: 5_400 }]);
    });
  });

  describe('values', () => {
    test('come back as the same types from every database', async () => {
      const { rows } = await sql`select
        9007199254740991::bigint as whole, 1.50::numeric as exact, 3::int as small, 0.5::float8 as real,
        true as yes, null::text as nothing, 'ü'::text as words, '{"a":[1]}'::jsonb as json,
        '2026-01-02T03:04:05.678Z'::timestamptz as at, array['x','y'] as list,
        (select count(*) from (values (1), (2)) as pair) as counted`.execute(engine().db);
      expect(rows).toEqual([
        {
          whole: 9007199254740991,
          exact: '1.50',
          small: 3,
          real: 0.5,
          yes: true,
          nothing: null,
          words: 'ü',
          json: { a: [1] },
          at: new Date('2026-01-02T03:04:05.678Z'),
          list: ['x', 'y'],
          counted: 2,
        },
      ]);
    });

    test('a number too large to be exact is an error, never another number', async () => {
      const query = sql`select 9007199254740993::bigint as whole`.execute(engine().db);
      await expect(query).rejects.toThrow('too large');
    });
  });

  describe('migrations', () => {
    test('a database that is up to date is left alone', async () => {
      expect(await needsMigration(engine().db)).toBe(false);
      await migrate(engine().db);
    });

    test('a database made by a newer version is refused in a sentence', async () => {
      const { db } = engine();
      await sql`insert into gatehouse_migration values ('9999-future', '2030-01-01')`.execute(db);
      try {
        await expect(migrate(db)).rejects.toMatchObject({
          final: true,
          message: expect.stringContaining('made by a newer Gatehouse'),
        });
      } finally {
        await sql`delete from gatehouse_migration where name = '9999-future'`.execute(db);
      }
    });
  });
}
