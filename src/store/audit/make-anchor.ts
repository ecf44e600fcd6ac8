import { sql } from 'kysely';
import { anchorAfter } from '../../core/anchor.ts';
import type { Transaction } from '../database/tables.ts';

/**
 * Makes an anchor of the newest seal when it is time for one, and puts it into the outbox for `place`
 * when there is one. Only whoever has the turn to seal may call it, so that none is made twice.
 *
 * @returns whether one was made.
 */
export async function makeAnchor(trx: Transaction, place: string | null): Promise<boolean> {
  const { rows } = await sql`
    with last as (
      select n, seal, records from audit_anchor
      union all select 0, 0, 0
      order by n desc limit 1
    ),
    open as (
      select max(audit_seal.n) as seal, sum(cardinality(ids)) as records,
        min(sealed_at) as since
      from audit_seal where audit_seal.n > (select seal from last)
    ),
    made as (
      insert into audit_anchor (n, seal, records, hash)
      select last.n + 1, open.seal, last.records + open.records,
        (select hash from audit_seal where audit_seal.n = open.seal)
      from last, open
      where open.records >= ${anchorAfter.records} or open.since
        <= gatehouse_now() - ${anchorAfter.ms}::double precision * interval '1 millisecond'
      returning n
    ),
    outboxed as (
      insert into outbox (kind, subject, place, wanted, next_at, priority)
      select 'anchor', 'anchor:' || n, ${place}::text, 1, gatehouse_now(), 2
      from made where ${place}::text is not null
    )
    select n from made`.execute(trx);
  return rows.length > 0;
}
