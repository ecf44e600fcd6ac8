import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Incident, IncidentState } from '../../core/incident.ts';
import type { IncidentQuery, SeenIncident } from '../../core/incidents.ts';
import { severities } from '../../core/severity.ts';
import type { Tables } from '../database/tables.ts';
import { inMs } from '../outbox/outbox-settle.ts';
import {
  type DocumentRow,
  documentText,
  incidentIn,
  type SeenRow,
  seenIn,
} from './incident-document.ts';

/** A page of incidents, newest first. */
export async function listIncidents(
  db: Kysely<Tables>,
  query: IncidentQuery,
): Promise<readonly Incident[]> {
  const { rows } = await sql<DocumentRow>`
    select ${documentText} from incident where ${conditions(query)}
    order by number desc limit ${query.limit}`.execute(db);
  return rows.map(incidentIn);
}

const ends: readonly IncidentState[] = ['closed', 'cancelled'];

function conditions({ states, service, since, beforeNumber }: IncidentQuery): RawBuilder<unknown> {
  const all = [sql`true`];
  if (states) {
    all.push(sql`state = any(${states}::text[])`);
    // Says what the index of the few that are unfinished is about, for whoever looks for some of them.
    if (!states.some((state) => ends.includes(state))) {
      all.push(sql`state not in ('closed', 'cancelled')`);
    }
  }
  if (service !== undefined) all.push(sql`service = ${service}`);
  if (since !== undefined) all.push(sql`declared_at >= ${new Date(since)}::timestamptz`);
  if (beforeNumber !== undefined) all.push(sql`number < ${beforeNumber}::bigint`);
  return sql.join(all, sql` and `);
}

/**
 * Takes what is due and free. The time is asked for once, since asking costs more than a row does. A hold is written
 * beside the incident, and of two that hold at the same moment one finds the other's.
 */
export async function takeDueIncidents(
  db: Kysely<Tables>,
  limit: number,
  lease: number,
): Promise<readonly SeenIncident[]> {
  const mine: TakenRow[] = [];
  // What somebody else took a moment before this looked is chosen, and not had: others may be due instead. The
  // next look sees that it is held, so there are no more looks than incidents that are due.
  for (let left = limit; left > 0; ) {
    const chosen = await chooseDue(db, left, lease);
    mine.push(...chosen.filter(({ had }) => had));
    left = chosen.filter(({ had }) => !had).length;
  }
  return mine
    .toSorted((a, b) => a.severity - b.severity || a.due - b.due || a.number - b.number)
    .map(seenIn);
}

/** One that was chosen, and whether it was had as well. */
type TakenRow = SeenRow & { severity: number; due: number; number: number; had: boolean };

async function chooseDue(db: Kysely<Tables>, limit: number, lease: number): Promise<TakenRow[]> {
  const moment = sql`(select gatehouse_now())`;
  const { rows } = await sql<TakenRow>`
    with due as (
      select number, version, severity, wake_at, document from incident
      where wake_at <= ${moment} and coalesce((
        select hold.until <= ${moment} or hold.version <> incident.version
        from incident_hold as hold where hold.number = incident.number), true)
      order by severity, wake_at, number limit ${limit}
      for update skip locked
    ),
    held as (
      insert into incident_hold as hold (number, version, until)
      select number, version, (select ${inMs(lease)}) from due
      on conflict (number) do update set version = excluded.version, until = excluded.until
        where hold.until <= ${moment} or hold.version <> excluded.version
      returning number
    )
    select ${documentText}, gatehouse_ms(${moment}) as now, severity, gatehouse_ms(wake_at) as due,
      number, held.number is not null as had
    from due left join held using (number)`.execute(db);
  return rows;
}

/** How long nothing new becomes due, found in the index of what is due: one look for each severity. */
export async function untilNextDue(db: Kysely<Tables>): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select gatehouse_ms(min(next.wake_at)) - gatehouse_ms((select gatehouse_now())) as ms
    from unnest(${[...severities]}::smallint[]) as level (severity)
    cross join lateral (
      select wake_at from incident
      where severity = level.severity and wake_at > (select gatehouse_now())
      order by wake_at limit 1
    ) as next`.execute(db);
  return rows[0]?.ms ?? null;
}
