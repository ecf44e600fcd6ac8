import { type Kysely, type RawBuilder, sql } from 'kysely';
import {
  type FactorChange,
  type FactorRows,
  type FactorState,
  type KeptFactor,
  noFactor,
} from '../../core/second-factor.ts';
import { bodyPieces } from '../audit/audit-body.ts';
import { retrying } from '../database/retrying.ts';
import { storedJson, storedText } from '../database/stored-json.ts';
import type { Tables } from '../database/tables.ts';
import { bodyText, jsonColumn, thisMoment } from '../run/run-changes.ts';

type Db = Kysely<Tables>;

/** Second factors in the table `second_factor`. */
export const sqlSecondFactors = (db: Db): FactorRows => ({
  find: (subject) => find(db, subject),
  all: async () => {
    const { rows } = await sql<Row & { id: string }>`
      select id, ${columns} from second_factor order by id collate "C"`.execute(db);
    return rows.map((row) => ({ subject: row.id, state: stateOf(row) }));
  },
  write: (change) => retrying(() => write(db, change)),
});

interface Row {
  key_id: string | null;
  sealed: string | null;
  enrolled_at: number;
  last_step: number;
  wrong_at: number[];
  locked_until: number;
}

const columns = sql`key_id, sealed, enrolled_at, last_step, wrong_at, locked_until`;

const stateOf = (row: Row): FactorState => ({
  sealed:
    row.sealed === null || row.key_id === null ? null : { text: row.sealed, keyId: row.key_id },
  enrolledAt: row.enrolled_at,
  lastStep: row.last_step,
  wrongAt: row.wrong_at,
  lockedUntil: row.locked_until,
});

async function find(db: Db, subject: string): Promise<KeptFactor> {
  const { rows } = await sql<Row & { now: number; version: number | null }>`
    select gatehouse_ms(gatehouse_now()) as now, version, ${columns}
    from (select) as always left join second_factor on id = ${storedText(subject)}`.execute(db);
  const [row] = rows as [(typeof rows)[number]];
  const { now, version } = row;
  return version === null
    ? { version: 0, state: noFactor, now }
    : { version, state: stateOf(row), now };
}

/** The change and its record in one statement: both are there, or neither. */
async function write(db: Db, change: FactorChange): Promise<boolean> {
  const subject = storedText(change.subject);
  const about = sql`${storedJson({ id: subject })}::text`;
  const body = bodyText(about, bodyPieces(change.entry, change.version + 1), thisMoment);
  const { rows } = await sql`
    with changed as (
      ${change.version === 0 ? insert(subject, change, body) : update(subject, change, body)}),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${body}, chain_hash from changed
    )
    select version from changed`.execute(db);
  return rows.length > 0;
}

const insert = (subject: string, { state, within }: FactorChange, body: RawBuilder<unknown>) => sql`
  insert into second_factor (id, version, chain_hash, ${columns})
  select ${subject}, 1,
    gatehouse_chain(sha256(convert_to(${subject}::text, 'UTF8')), 1, ${body}), ${valuesOf(state)}
  where ${inTime(within)}
  on conflict do nothing
  returning *`;

const update = (subject: string, change: FactorChange, body: RawBuilder<unknown>) => sql`
  update second_factor set
    version = version + 1, chain_hash = gatehouse_chain(chain_hash, version + 1, ${body}),
    (${columns}) = (${valuesOf(change.state)})
  where id = ${subject} and version = ${change.version} and ${inTime(change.within)}
  returning *`;

const inTime = (within: FactorChange['within']): RawBuilder<unknown> =>
  within
    ? sql`gatehouse_ms(gatehouse_now()) >= ${within.from}::bigint
        and gatehouse_ms(gatehouse_now()) < ${within.to}::bigint`
    : sql`true`;

const valuesOf = (state: FactorState): RawBuilder<unknown> =>
  sql.join([
    sql`${state.sealed?.keyId ?? null}::text`,
    sql`${state.sealed?.text ?? null}::text`,
    sql`${state.enrolledAt}::bigint`,
    sql`${state.lastStep}::bigint`,
    jsonColumn(state.wrongAt),
    sql`${state.lockedUntil}::bigint`,
  ]);
