import { type Kysely, sql } from 'kysely';
import { GivenUpError } from '../../core/errors.ts';
import type { Incident } from '../../core/incident.ts';
import type { DeclaredIncident, Incidents, SeenIncident, Unless } from '../../core/incidents.ts';
import { targetName } from '../../core/target.ts';
import type { Engine } from '../database/engine.ts';
import { retrying } from '../database/retrying.ts';
import type { Tables } from '../database/tables.ts';
import { raiseIncident } from '../outbox/outbox-additions.ts';
import { changeIncident, insertIncident, type NewIncident, openLike } from './incident-changes.ts';
import { documentText, type SeenRow, seenIn } from './incident-document.ts';
import { listIncidents, takeDueIncidents, untilNextDue } from './incident-lists.ts';
import { createListeners } from './listeners.ts';

/** What a change reaches besides the incident. */
export interface IncidentsParts {
  engine: Pick<Engine, 'db'>;
  /** Called after the commit of a change that has something to show in Slack. */
  added(): void;
}

/** Incidents in the table `incident`. */
export function sqlIncidents({ engine: { db }, added }: IncidentsParts): Incidents {
  const listeners = createListeners();
  const committed = (incident: Incident, messages: number): Incident => {
    if (messages > 0) added();
    listeners.tell();
    return incident;
  };
  return {
    next: async () => {
      const { rows } = await sql<{ number: number; now: number }>`
        select nextval('incident_number') as number, ${now} as now`.execute(db);
      return rows[0] as { number: number; now: number };
    },
    declare: async (incident, origin, audit, messages, unless = null) => {
      const made = await declare(db, { incident, origin, audit, messages, unless });
      if (!made.fresh) return made;
      return { incident: committed(made.incident, messages.length), fresh: true };
    },
    find: (id) => findBy(db, 'id', id),
    findByOrigin: (origin) => findBy(db, 'origin', origin),
    inChannel: (channel) => findBy(db, 'channel', channel),
    transition: async (change) => {
      const done = await retrying(() => changeIncident(db, change));
      if (!done) return { kind: 'moved-on' };
      return { kind: 'done', incident: committed(done.incident, done.messages) };
    },
    list: (query) => listIncidents(db, query),
    takeDue: (limit, lease) => takeDueIncidents(db, limit, lease),
    untilDue: () => untilNextDue(db),
    unfinished: async () => {
      const { rows } = await sql<SeenRow & { wake: number | null }>`
        select ${documentText}, (select ${now}) as now, gatehouse_ms(wake_at) as wake from incident
        where state not in ('closed', 'cancelled')
        order by state = 'resolved', number desc limit 1000`.execute(db);
      return rows.map((row) => Object.assign(seenIn(row), { wake: row.wake }));
    },
    refresh: async (id) => {
      const { rows } = await retrying(() => raiseIncident(sql`${id}::text`).execute(db));
      if (rows.length > 0) added();
    },
    onChanged: listeners.add,
  };
}

const now = sql`gatehouse_ms(gatehouse_now())`;

async function findBy(
  db: Kysely<Tables>,
  column: 'id' | 'origin' | 'channel',
  value: string,
): Promise<SeenIncident | null> {
  const { rows } = await sql<SeenRow>`
    select ${documentText}, ${now} as now from incident where ${sql.ref(column)} = ${value}`.execute(
    db,
  );
  return rows[0] ? seenIn(rows[0]) : null;
}

/** @throws {GivenUpError} when what it came of was given up. */
async function declare(db: Kysely<Tables>, declared: NewIncident): Promise<DeclaredIncident> {
  const made = await retrying(() => insertIncident(db, declared));
  if (made) return { incident: made, fresh: true };
  const found = declared.origin === null ? null : await findBy(db, 'origin', declared.origin);
  if (found) return { incident: found.incident, fresh: false };
  const other = declared.unless && (await inTheWayOf(db, declared.incident, declared.unless));
  if (other) return { incident: other.incident, fresh: false, duplicate: true };
  throw new GivenUpError();
}

/** The open incident of the same target that was in the way, or else the newest, which was declared just now. */
async function inTheWayOf(
  db: Kysely<Tables>,
  { target }: Incident,
  unless: Unless,
): Promise<SeenIncident | null> {
  if (target === null) return null;
  const { rows } = await sql<{ id: string | null }>`
    select coalesce((${openLike(target, unless)}),
      (select incident from incident_latest where target = ${targetName(target)})) as id`.execute(
    db,
  );
  return rows[0]?.id ? findBy(db, 'id', rows[0].id) : null;
}
