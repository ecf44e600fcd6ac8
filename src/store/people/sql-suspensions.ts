import { type Kysely, type RawBuilder, sql } from 'kysely';
import { peoplePrefix, type Suspension, type Suspensions } from '../../core/suspensions.ts';
import { bodyPieces } from '../audit/audit-body.ts';
import { retrying } from '../database/retrying.ts';
import { storedJson, storedText } from '../database/stored-json.ts';
import type { Tables } from '../database/tables.ts';
import { bodyText, thisMoment } from '../run/run-changes.ts';
import {
  type KeptSuspension,
  type SuspensionChange,
  suspensionIn,
  turnSuspensions,
} from './turn-suspension.ts';

type Db = Kysely<Tables>;
type Row = Suspension & KeptSuspension;

const columns = sql`id as subject, version, suspended, since, run, actor, reason`;

/** Suspensions in the table `suspension`. */
export const sqlSuspensions = (db: Db): Suspensions =>
  turnSuspensions({
    find: async (subject) => suspensionIn(await rowOf(db, subject)),
    people: async () => {
      const { rows } = await sql<Row>`
        select ${columns} from suspension where suspended and id like ${`${peoplePrefix}%`}
        order by id collate "C"`.execute(db);
      return rows.flatMap((row) => suspensionIn(row) ?? []);
    },
    read: async (subject) => (await rowOf(db, subject)) ?? { version: 0, suspended: false },
    write: (change) => retrying(() => write(db, change)),
  });

async function rowOf(db: Db, subject: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from suspension where id = ${storedText(subject)}`.execute(db);
  return rows[0];
}

/** The change and its record in one statement: both are there, or neither. */
async function write(db: Db, change: SuspensionChange): Promise<boolean> {
  const { version, entry } = change;
  const subject = storedText(change.subject);
  const about = sql`${storedJson({ id: subject })}::text`;
  const body = bodyText(about, bodyPieces(entry, version + 1), thisMoment);
  const { rows } = await sql`
    with changed as (
      ${version === 0 ? insert(subject, change, body) : update(subject, change, body)}),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${body}, chain_hash from changed
    )
    select version from changed`.execute(db);
  return rows.length > 0;
}

const insert = (subject: string, change: SuspensionChange, body: RawBuilder<unknown>) => sql`
  insert into suspension (id, version, chain_hash, suspended, since, run, actor, reason)
  values (${subject}, 1,
    gatehouse_chain(sha256(convert_to(${subject}::text, 'UTF8')), 1, ${body}), ${valuesOf(change)})
  on conflict do nothing
  returning *`;

const update = (subject: string, change: SuspensionChange, body: RawBuilder<unknown>) => sql`
  update suspension set
    version = version + 1, chain_hash = gatehouse_chain(chain_hash, version + 1, ${body}),
    (suspended, since, run, actor, reason) = (${valuesOf(change)})
  where id = ${subject} and version = ${change.version}
  returning *`;

const valuesOf = ({ suspended, by }: SuspensionChange): RawBuilder<unknown> =>
  sql.join([
    sql`${suspended}::boolean`,
    sql`gatehouse_ms(${thisMoment})`,
    sql`${storedText(by.run)}::text`,
    sql`${storedText(by.actor)}::text`,
    sql`${storedText(by.reason)}::text`,
  ]);
