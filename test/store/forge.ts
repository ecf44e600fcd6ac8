import { sql } from 'kysely';
import { type Body, chainHash, chainStart, sealHash } from '../../src/store/audit/audit-body.ts';
import type { StoredRecord } from '../../src/store/audit/audit-source.ts';
import { auditPages } from '../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../src/store/database/engine.ts';

const tables = ['audit', 'audit_seal', 'audit_anchor', 'audit_anchor_filed', 'run', 'incident'];

/**
 * Rewrites the log as whoever owns the database can: other texts, or fewer records, with every sum of
 * it done again, those of the seals and of the anchors in the database included.
 */
export async function forge(
  engine: Engine,
  rewrite: (record: StoredRecord) => StoredRecord | null,
): Promise<void> {
  const before: StoredRecord[] = [];
  for await (const record of auditPages(engine.db)) before.push(record);
  const kept = before.map(rewrite).filter((record) => record !== null);
  await engine.transact(async (trx) => {
    const run = (statement: string) => sql.raw(statement).execute(trx);
    for (const table of tables) await run(`alter table ${table} disable trigger all`);
    await run('delete from audit');
    const hashes = new Map<string, string>();
    for (const { id, subject, version, body } of kept) {
      const hash = chainHash(hashes.get(subject) ?? chainStart(subject), version, body);
      hashes.set(subject, hash);
      await sql`insert into audit (id, subject, version, body, hash) overriding system value
        values (${id}::bigint, ${subject}, ${version}, ${body}, decode(${hash}, 'hex'))`.execute(
        trx,
      );
      await sql`update run set version = ${version}, chain_hash = decode(${hash}, 'hex')
        where id = ${subject}`.execute(trx);
      await sql`update incident set chain_hash = decode(${hash}, 'hex')
        where id = ${subject} and version = ${version}`.execute(trx);
    }
    await sealAgain(trx);
    for (const table of tables) await run(`alter table ${table} enable trigger all`);
    await run('delete from audit_pending');
  });
}

async function sealAgain(trx: Parameters<Parameters<Engine['transact']>[0]>[0]): Promise<void> {
  const { rows: seals } = await sql<{ n: number; ids: number[] }>`
    select n, ids from audit_seal order by n`.execute(trx);
  let [hash, records, cut] = ['', 0, false];
  for (const { n, ids } of seals) {
    const { rows: there } = await sql<{ id: number; hash: string }>`
      select id, encode(hash, 'hex') as hash from audit
      where id = any(${ids}::bigint[]) order by id`.execute(trx);
    cut ||= there.length === 0;
    if (cut) {
      await sql`delete from audit_anchor_filed where n in (
        select n from audit_anchor where seal = ${n}::bigint)`.execute(trx);
      await sql`delete from audit_anchor where seal = ${n}::bigint`.execute(trx);
      await sql`delete from audit_seal where n = ${n}::bigint`.execute(trx);
      continue;
    }
    hash = sealHash(hash, n, there);
    records += there.length;
    await sql`update audit_seal set hash = decode(${hash}, 'hex'),
      ids = ${there.map(({ id }) => id)}::bigint[] where n = ${n}::bigint`.execute(trx);
    await sql`update audit_anchor set hash = decode(${hash}, 'hex'), records = ${records}
      where seal = ${n}::bigint`.execute(trx);
  }
}

/** The record as if somebody else had done it. */
export function byAnother(record: StoredRecord): StoredRecord {
  const { actor } = JSON.parse(record.body) as Body;
  return { ...record, body: record.body.replace(`"${actor}"`, '"user:T1/U9"') };
}
