import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AuditEntry } from '../../core/audit.ts';
import { type Incident, wakeAt } from '../../core/incident.ts';
import type { IncidentChange, IncidentMessage, Unless } from '../../core/incidents.ts';
import { type Target, targetName } from '../../core/target.ts';
import { aboutIncident, bodyPieces } from '../audit/audit-body.ts';
import { storedText } from '../database/stored-json.ts';
import type { Tables } from '../database/tables.ts';
import { putIncidentInOutbox } from '../outbox/outbox-additions.ts';
import { bodyText, jsonColumn, thisMoment } from '../run/run-changes.ts';
import { type DocumentRow, documentText, incidentIn } from './incident-document.ts';

/** A new incident, what it came of, its first record and its first messages. */
export interface NewIncident {
  incident: Incident;
  origin: string | null;
  audit: AuditEntry;
  messages: readonly IncidentMessage[];
  /** Nothing is written when there is such an incident already; null when that does not matter. */
  unless: Unless | null;
}

/**
 * Writes it down in one statement. Nothing is inserted when there is one of the same origin, or when that was
 * given up. The row of that is locked, so that who gives it up at this moment either is seen here or sees
 * this incident.
 */
export async function insertIncident(
  db: Kysely<Tables>,
  { incident, origin, audit, messages, unless }: NewIncident,
): Promise<Incident | undefined> {
  const id = sql`${storedText(incident.id)}::text`;
  const key = origin === null ? null : storedText(origin);
  const body = bodyOf(incident, audit, 1, sql`changed_at`);
  const { rows } = await sql<DocumentRow>`
    with delivery as (select given_up_at from intake where key = ${key} for share),
    fresh as (
      select ${thisMoment} as changed_at
      where not exists (select from delivery where given_up_at is not null)
    ),
    ${latestOf(incident, id, { key, unless })},
    changed as (
      insert into incident (id, number, version, chain_hash, origin, declared_at, changed_at,
        wake_at, document)
      select ${id}, ${incident.number}::bigint, 1,
        gatehouse_chain(sha256(convert_to(${id}, 'UTF8')), 1, ${body}), ${key},
        ${timeOf(incident.times.declared)}, changed_at, ${timeOf(wakeAt(incident))},
        ${documentOf(incident, sql`1`, sql`changed_at`)}
      from fresh where ${incident.target === null} or exists (select from latest)
      on conflict (origin) do nothing
      returning *
    ),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${body}, chain_hash from changed
    ),
    ${putIncidentInOutbox(messages)}
    select ${documentText} from changed`.execute(db);
  return rows[0] && incidentIn(rows[0]);
}

/**
 * Takes the place of the newest incident of its target, where no open one is in the way. Whoever does so at the same
 * moment is waited for, and is in the way then: it is not over as far as can be seen from here.
 */
const latestOf = (
  { target }: Incident,
  id: RawBuilder<unknown>,
  { key, unless }: { key: string | null; unless: Unless | null },
): RawBuilder<unknown> => sql`
    latest as (
      insert into incident_latest as newest (target, incident, declared_at)
      select ${target && targetName(target)}::text, ${id}, changed_at from fresh
      where ${target !== null} and not exists (select from incident where origin = ${key})
        and ${target === null || unless === null ? sql`true` : sql`not exists (${openLike(target, unless)})`}
      on conflict (target) do update
      set incident = excluded.incident, declared_at = excluded.declared_at
      where ${unless === null} or newest.declared_at < ${timeOf(unless?.since ?? null)}
        or newest.incident = any(${[...(unless?.but ?? [])]}::text[])
        or exists (select from incident where incident.id = newest.incident
          and incident.state in ('resolved', 'closed', 'cancelled'))
      returning newest.target
    )`;

/** The open incidents of a target that are in the way of another one, by their ids, the newest first. */
export const openLike = (
  { service, env }: Target,
  { since, but }: Unless,
): RawBuilder<unknown> => sql`
  select id from incident where service = ${service} and env = ${env}
    and state not in ('resolved', 'closed', 'cancelled')
    and declared_at >= ${timeOf(since)} and id <> all(${[...but]}::text[])
  order by number desc limit 1`;

/** The change itself, its record and its messages in one statement: one round trip, one moment. */
export async function changeIncident(
  db: Kysely<Tables>,
  { before, after, audit, messages }: IncidentChange,
): Promise<{ incident: Incident; messages: number } | undefined> {
  const body = (at: RawBuilder<unknown>) => bodyOf(after, audit, before.version + 1, at);
  const { rows } = await sql<DocumentRow & { messages: number }>`
    with changed as (
      update incident set version = version + 1, changed_at = ${thisMoment},
        chain_hash = gatehouse_chain(chain_hash, version + 1, ${body(thisMoment)}),
        wake_at = ${timeOf(wakeAt(after))},
        document = ${documentOf(after, sql`version + 1`, thisMoment)}
      where id = ${before.id} and version = ${before.version} returning *
    ),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${body(sql`changed_at`)}, chain_hash from changed
    ),
    ${putIncidentInOutbox(messages)}
    select ${documentText}, (select count(*) from outboxed) as messages from changed`.execute(db);
  return rows[0] && { incident: incidentIn(rows[0]), messages: rows[0].messages };
}

const bodyOf = (
  incident: Incident,
  audit: AuditEntry,
  version: number,
  at: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  bodyText(sql`${aboutIncident(incident)}::text`, bodyPieces(audit, version), at);

/** The document with what only the database knows. */
const documentOf = (
  incident: Incident,
  version: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`${jsonColumn(incident)} || jsonb_build_object(
    'version', ${version}, 'changedAt', gatehouse_ms(${at}))`;

const timeOf = (ms: number | null): RawBuilder<unknown> =>
  sql`${ms === null ? null : new Date(ms)}::timestamptz`;
