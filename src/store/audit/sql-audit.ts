import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Audit, AuditQuery } from '../../core/audit.ts';
import { everyService } from '../../core/target.ts';
import type { Tables } from '../database/tables.ts';
import { auditRecord } from './audit-record.ts';
import type { AuditSource, StoredHead, StoredRecord, StoredSeal } from './audit-source.ts';
import { verifyLog } from './verify-log.ts';

type Db = Kysely<Tables>;

const record = sql`id, subject, version, body, encode(hash, 'hex') as hash`;

/** Reads the table `audit`. */
export const sqlAudit = (db: Db): Audit => ({
  find: async (query) => {
    const bounds = await boundsOf(db, query);
    const page = (where: RawBuilder<unknown>) => sql<StoredRecord>`
      select ${record} from audit where ${conditions(query, bounds)} and ${where}
      order by id desc limit ${query.limit}`;
    const { rows } = await pageOn(query, page).execute(db);
    return rows.map(auditRecord);
  },
  verify: () =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) => verifyLog(auditSource(trx))),
});

/** A page for a service is one of its own records and one of those about all services, as each index has it. */
function pageOn(
  { service, limit }: AuditQuery,
  page: (where: RawBuilder<unknown>) => RawBuilder<StoredRecord>,
): RawBuilder<StoredRecord> {
  if (service === undefined) return page(sql`true`);
  const own = page(sql`service = ${service}`);
  if (service === everyService) return own;
  const ofAll = page(
    sql`service = ${everyService} and body::jsonb #> '{facts,services}' @> jsonb_build_array(${service}::text)`,
  );
  return sql`(${own}) union all (${ofAll}) order by id desc limit ${limit}`;
}

function conditions(query: AuditQuery, { oldest, newest }: Bounds) {
  const { subject, version, actor, action, incident, since, until, beforeId } = query;
  const all = [sql`true`];
  if (subject !== undefined) all.push(sql`subject = ${subject}`);
  if (version !== undefined) all.push(sql`version = ${version}`);
  if (actor !== undefined) all.push(sql`actor = ${actor}`);
  if (action !== undefined) all.push(sql`action = ${action}`);
  if (incident !== undefined) all.push(sql`body::jsonb #>> '{about,incident}' = ${incident}`);
  if (since !== undefined) all.push(sql`(at + 0) >= ${since}::bigint`);
  if (until !== undefined) all.push(sql`(at + 0) <= ${until}::bigint`);
  if (oldest !== null) all.push(sql`id >= ${oldest}::bigint`);
  if (newest !== null) all.push(sql`id <= ${newest}::bigint`);
  if (beforeId !== undefined) all.push(sql`id < ${beforeId}::bigint`);
  return sql.join(all, sql` and `);
}

/** Between which numbers the records of a time are; null where there is no bound. */
interface Bounds {
  oldest: number | null;
  newest: number | null;
}

/**
 * A page is found by number, newest first. Numbers and times rise together, but for the few records that
 * were written at the same moment, so a time becomes a number where the search begins or ends. It is
 * asked for first, since the database plans well only for numbers that it knows; the sums above keep
 * it from sorting by number all that is newer than a time.
 */
async function boundsOf(db: Db, { since, until }: AuditQuery): Promise<Bounds> {
  if (since === undefined && until === undefined) return { oldest: null, newest: null };
  const { rows } = await sql<Bounds>`
    select
      (select coalesce(min(id), 0) from (
        select id from audit where at >= ${since ?? 0}::bigint order by at limit 500) as first
      ) as oldest,
      (select coalesce(max(id), 0) from (
        select id from audit where at <= ${until ?? Number.MAX_SAFE_INTEGER}::bigint
        order by at desc limit 500) as last
      ) as newest`.execute(db);
  return rows[0] ?? { oldest: null, newest: null };
}

/** Every record, oldest first; those that are added meanwhile too. */
export async function* auditPages(db: Db): AsyncIterable<StoredRecord> {
  const { records } = auditSource(db);
  for (let page = await records(0); page.length > 0; page = await records(page.at(-1)?.id ?? 0)) {
    yield* page;
  }
}

/** All of it as one moment saw it, when `db` is a transaction that can be repeated. */
export const auditSource = (db: Db): AuditSource => ({
  records: async (afterId) => {
    const { rows } = await sql<StoredRecord>`
      select ${record} from audit where id > ${afterId}::bigint order by id limit 5000`.execute(db);
    return rows;
  },
  heads: async (afterId) => {
    const { rows } = await sql<StoredHead>`
      select id, version, encode(chain_hash, 'hex') as hash from run where id > ${afterId}
      union all
      select id, version, encode(chain_hash, 'hex') from kill_switch where id > ${afterId}
      union all
      select id, version, encode(chain_hash, 'hex') from audit_note where id > ${afterId}
      union all
      select id, version, encode(chain_hash, 'hex') from suspension where id > ${afterId}
      union all
      select id, version, encode(chain_hash, 'hex') from second_factor where id > ${afterId}
      union all
      select id, version, encode(chain_hash, 'hex') from target_claim where id > ${afterId}
      union all
      select id, version, encode(chain_hash, 'hex') from break_glass where id > ${afterId}
      union all
      select id, version, encode(chain_hash, 'hex') from incident where id > ${afterId}
      order by id limit 5000`.execute(db);
    return rows;
  },
  seals: (afterN) => sealsIn(db, afterN),
  pending: async () => {
    const { rows } = await sql<{ id: number }>`
      select audit_id as id from audit_pending`.execute(db);
    return rows.map(({ id }) => id);
  },
});

async function sealsIn(db: Db, afterN: number): Promise<StoredSeal[]> {
  const { rows } = await sql<StoredSeal>`
    with page as (select * from audit_seal where n > ${afterN}::bigint order by n limit 100)
    select page.n, encode(page.hash, 'hex') as hash,
      coalesce(
        json_agg(
          json_build_object('id', part.id, 'hash', coalesce(encode(audit.hash, 'hex'), 'gone'))
          order by part.position
        ) filter (where part.id is not null),
        '[]') as records
    from page
    left join unnest(page.ids) with ordinality as part (id, position) on true
    left join audit on audit.id = part.id
    group by page.n, page.hash order by page.n`.execute(db);
  return rows;
}
