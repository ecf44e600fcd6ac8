import { sql } from 'kysely';
import type { Engine } from '../../src/store/database/engine.ts';

/**
 * Has the clock of a database stand still, until {@link passIn} moves it: however long a machine lets
 * nobody go on, no lease ends in between.
 */
export async function standStill({ db }: Pick<Engine, 'db'>): Promise<void> {
  const { rows } = await sql<{ at: string }>`select statement_timestamp()::text as at`.execute(db);
  await timeIs(db, `timestamptz '${rows[0]?.at}'`);
}

/** Has it go on as the machine's time does, as far ahead of it as it was moved. */
export const goOn = ({ db }: Pick<Engine, 'db'>): Promise<void> =>
  timeIs(db, 'statement_timestamp()');

const timeIs = async (db: Engine['db'], time: string): Promise<void> => {
  await sql
    .raw(
      `create or replace function gatehouse_now() returns timestamptz language sql stable as $$
        select ${time} + (select shift from gatehouse_clock)
      $$`,
    )
    .execute(db);
};

/** Moves the clock of a database forward by so many milliseconds. */
export async function passIn({ db }: Pick<Engine, 'db'>, ms: number): Promise<void> {
  await sql`update gatehouse_clock set shift = shift + ${ms}::double precision * interval '1 ms'`.execute(
    db,
  );
}
