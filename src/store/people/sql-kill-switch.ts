import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type KillSwitch, killSwitchSubject, type StopState } from '../../core/kill-switch.ts';
import { bodyPieces } from '../audit/audit-body.ts';
import { retrying } from '../database/retrying.ts';
import { storedText } from '../database/stored-json.ts';
import type { Tables } from '../database/tables.ts';
import { bodyText, jsonColumn, thisMoment } from '../run/run-changes.ts';
import {
  aboutSwitch,
  type Switch,
  type SwitchChange,
  turnSwitch,
  unusedSwitch,
} from './turn-switch.ts';

type Db = Kysely<Tables>;

/** The kill switch in the table `kill_switch`. */
export const sqlKillSwitch = (db: Db): KillSwitch =>
  turnSwitch({
    read: () => read(db),
    write: (change) => retrying(() => write(db, change)),
  });

interface Row {
  now: number;
  version: number | null;
  engaged: boolean;
  since: number;
  engaged_by: StopState['by'];
  reason: string;
  lifted_by: StopState['liftedBy'];
}

async function read(db: Db): Promise<Switch> {
  const { rows } = await sql<Row>`
    select gatehouse_ms(gatehouse_now()) as now, kill_switch.*
    from (select) as always left join kill_switch on true`.execute(db);
  const [row] = rows as [Row];
  const { now, version, engaged: on, since, engaged_by: by, reason, lifted_by: liftedBy } = row;
  return version === null
    ? { ...unusedSwitch, now }
    : { version, state: { on, since, by, reason, liftedBy }, now };
}

/** The change and its record in one statement: both are there, or neither. */
async function write(db: Db, { version, state, entry }: SwitchChange): Promise<boolean> {
  const body = bodyText(sql`${aboutSwitch}::text`, bodyPieces(entry, version + 1), thisMoment);
  const { rows } = await sql`
    with changed as (${version === 0 ? insert(state, body) : update(version, state, body)}),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${body}, chain_hash from changed
    )
    select version from changed`.execute(db);
  return rows.length > 0;
}

const first = sql`sha256(convert_to(${killSwitchSubject}, 'UTF8'))`;

const insert = (state: StopState, body: RawBuilder<unknown>) => sql`
  insert into kill_switch (id, version, chain_hash, engaged, since, engaged_by, reason, lifted_by)
  values (${killSwitchSubject}, 1, gatehouse_chain(${first}, 1, ${body}), ${sql.join(valuesOf(state))})
  on conflict do nothing
  returning *`;

const update = (version: number, state: StopState, body: RawBuilder<unknown>) => sql`
  update kill_switch set
    version = version + 1, chain_hash = gatehouse_chain(chain_hash, version + 1, ${body}),
    (engaged, since, engaged_by, reason, lifted_by) = (${sql.join(valuesOf(state))})
  where id = ${killSwitchSubject} and version = ${version}
  returning *`;

const valuesOf = ({ on, since, by, reason, liftedBy }: StopState): RawBuilder<unknown>[] => [
  sql`${on}::boolean`,
  sql`${since}::bigint`,
  jsonColumn(by),
  sql`${storedText(reason ?? '')}::text`,
  jsonColumn(liftedBy),
];
