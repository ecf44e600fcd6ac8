import { type RawBuilder, sql } from 'kysely';
import { type Claim, type Claims, claimSubject } from '../../core/claims.ts';
import { envOfName } from '../../core/locks.ts';
import { bodyPieces } from '../audit/audit-body.ts';
import type { Engine } from '../database/engine.ts';
import { retrying } from '../database/retrying.ts';
import { storedJson } from '../database/stored-json.ts';
import type { Transaction } from '../database/tables.ts';
import { bodyText, thisMoment } from '../run/run-changes.ts';
import { type Claimable, type ClaimChange, turnClaims } from './turn-claims.ts';

/**
 * Claims in the table `target_claim`. A change begins with the row of the environment, as a lock does:
 * of what is claimed and locked at the same time, one sees the other.
 */
export const sqlClaims = ({ db, transact }: Pick<Engine, 'db' | 'transact'>): Claims =>
  turnClaims({
    read: (target) => read(db, target === null ? null : envOfName(target), true),
    change: (target, decide) =>
      retrying(() =>
        transact(async (trx) => {
          const env = envOfName(target);
          await sql`
            insert into environment_lock as root (env, fence) values (${env}, 1)
            on conflict (env) do update set fence = root.fence + 1`.execute(trx);
          const { answer, change } = decide(await read(trx, env, false));
          if (change) await write(trx, change, env);
          return answer;
        }),
      ),
  });

interface Row extends Omit<Claim, 'by'> {
  now: number;
  version: number | null;
  claimed_by: Claim['by'];
  open: boolean;
}

async function read(
  db: Engine['db'] | Transaction,
  env: string | null,
  onlyOpen: boolean,
): Promise<Claimable> {
  const { rows } = await sql<Row>`
    select gatehouse_ms(gatehouse_now()) as now, target, version, claimed_by, reason, since, until, open
    from (select) as always left join target_claim
      on (${env}::text is null or env = ${env}::text) and (open or not ${onlyOpen}::boolean)`.execute(
    db,
  );
  const kept = rows.flatMap(({ now: _, version, claimed_by: by, open, ...claim }) =>
    version === null ? [] : [{ version, open, claim: { ...claim, by } }],
  );
  return { kept, now: rows[0]?.now ?? 0 };
}

/** The change, its record and its notice in one statement. */
async function write(trx: Transaction, change: ClaimChange, env: string): Promise<void> {
  const { version, claim, entry, notice } = change;
  const subject = claimSubject(claim.target);
  const about = sql`${storedJson({ id: subject })}::text`;
  const body = bodyText(about, bodyPieces(entry, version), thisMoment);
  await sql`
    with changed as (
      ${version === 1 ? insert(subject, env, change, body) : update(subject, change, body)}),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${body}, chain_hash from changed
    ),
    outboxed as (
      insert into outbox (kind, subject, place, wanted, next_at, priority)
      select 'claim', ${notice?.subject ?? ''}::text, ${notice?.to ?? ''}::text, 1, gatehouse_now(), 0
      from changed where ${notice !== null}::boolean
    )
    select version from changed`.execute(trx);
}

const insert = (
  subject: string,
  env: string,
  change: ClaimChange,
  body: RawBuilder<unknown>,
) => sql`
  insert into target_claim (id, version, chain_hash, env, target, claimed_by, reason, since, until, open)
  values (${subject}, 1,
    gatehouse_chain(sha256(convert_to(${subject}::text, 'UTF8')), 1, ${body}),
    ${env}, ${change.claim.target}, ${valuesOf(change)})
  returning *`;

const update = (subject: string, change: ClaimChange, body: RawBuilder<unknown>) => sql`
  update target_claim set
    version = version + 1, chain_hash = gatehouse_chain(chain_hash, version + 1, ${body}),
    (claimed_by, reason, since, until, open) = (${valuesOf(change)})
  where id = ${subject} and version = ${change.version - 1}
  returning *`;

const valuesOf = ({ claim: { by, reason, since, until }, open }: ClaimChange) =>
  sql.join([
    sql`${storedJson(by)}::jsonb`,
    sql`${reason}::text`,
    sql`${since}::bigint`,
    sql`${until}::bigint`,
    sql`${open}::boolean`,
  ]);
