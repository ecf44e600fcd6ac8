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

/** Takes what is due and free. The time is asked for once, since asking costs more than a row does. */
export async function takeDueIncidents(
  db: Kysely<Tables>,
  limit: number,
  lease: number,
): Promise<readonly SeenIncident[]> {
  const moment = sql`(select gatehouse_now())`;
  const { rows } = await sql<SeenRow & { severity: number; due: number; number: number }>`
    with due as (
      select id from incident
      where wake_at <= ${moment} and (taken_until is null or taken_until <= ${moment})
      order by severity, wake_at, number limit ${limit}
      for update skip locked
    )
    update incident set taken_until = (select ${inMs(lease)})
    from due where incident.id = due.id
    returning ${documentText}, gatehouse_ms(${moment}) as now, severity,
      gatehouse_ms(wake_at) as due, number`.execute(db);
  return rows
    .toSorted((a, b) => a.severity - b.severity || a.due - b.due || a.number - b.number)
    .map(seenIn);
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
