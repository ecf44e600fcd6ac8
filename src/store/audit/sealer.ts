import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Engine } from '../database/engine.ts';
import type { Transaction } from '../database/tables.ts';
import { sparing } from '../sparing.ts';
import { type Sealed, sealHash } from './audit-body.ts';
import { makeAnchor } from './make-anchor.ts';
import { writeLeftOut } from './sql-notes.ts';

/**
 * How often it looks, in milliseconds, how many records one seal covers at most, and after how many
 * looks it sees whether it is time for an anchor although nothing is new, or to tell how many notes
 * were left out.
 */
const pace = { every: 200, batch: 100, looks: 50 };

/**
 * Seals new records for as long as it runs, and makes anchors, which go to `anchorPlace` when there is
 * one. Several processes may do so at once: one of them does, the others come back later.
 */
export function startSealer(
  engine: Pick<Engine, 'db' | 'transact'>,
  log: Log,
  anchorPlace: string | null = null,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  const complain = sparing((error: unknown, quiet: number) => {
    log.warn({ error: messageOf(error), quiet }, 'audit records wait to be sealed');
  }, 60_000);
  const loop = async () => {
    for (let look = 0; !ending.signal.aborted; look += 1) {
      const isTime = look % pace.looks === 0;
      const sealed = await sealSome(engine, anchorPlace, isTime).catch((error: unknown) => {
        complain(error);
        return 0;
      });
      if (sealed === pace.batch) continue;
      await sleep(pace.every, undefined, { signal: ending.signal, ref: false }).catch(() => {});
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      ending.abort();
      await ended;
    },
  };
}

/** Seals the oldest records that wait, and answers how many. */
async function sealSome(
  { db, transact }: Pick<Engine, 'db' | 'transact'>,
  anchorPlace: string | null,
  isTime: boolean,
): Promise<number> {
  const { rows } = await sql`select from audit_pending limit 1`.execute(db);
  if (rows.length === 0 && !isTime) return 0; // looking costs less than a transaction, and is mostly all
  return await transact(async (trx) => {
    // In a statement of its own: what follows must see what the sealer before has committed.
    const { rows: turn } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(4711, 2) as mine`.execute(trx);
    if (!turn[0]?.mine) return 0;
    const sealed = rows.length > 0 ? await seal(trx) : 0;
    if (isTime) await writeLeftOut(trx);
    await makeAnchor(trx, anchorPlace);
    return sealed;
  });
}

async function seal(trx: Transaction): Promise<number> {
  const { rows: records } = await sql<Sealed>`
    with waiting as (
      select audit_id from audit_pending order by audit_id limit ${pace.batch} for update
    ),
    done as (delete from audit_pending using waiting
      where audit_pending.audit_id = waiting.audit_id)
    select id, encode(hash, 'hex') as hash from audit join waiting on id = audit_id
    order by id`.execute(trx);
  if (records.length === 0) return 0;
  const { rows: last } = await sql<{ n: number; hash: string }>`
    select n, encode(hash, 'hex') as hash from audit_seal order by n desc limit 1`.execute(trx);
  const n = (last[0]?.n ?? 0) + 1;
  const hash = sealHash(last[0]?.hash ?? '', n, records);
  await sql`
    insert into audit_seal (n, ids, hash)
    values (${n}::bigint, ${records.map(({ id }) => id)}::bigint[], decode(${hash}, 'hex'))`.execute(
    trx,
  );
  return records.length;
}
