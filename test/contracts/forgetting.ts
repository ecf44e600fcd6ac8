import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import type { Engine } from '../../src/store/database/engine.ts';
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
}
