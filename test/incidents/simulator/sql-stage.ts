import { type Kysely, sql } from 'kysely';
import { wakeAt } from '../../../src/core/incident.ts';
import type {
  Incidents,
  Presence,
  SeenIncident,
  UnfinishedIncident,
} from '../../../src/core/incidents.ts';
import type { Outbox } from '../../../src/core/outbox.ts';
import { usualPace } from '../../../src/core/pace.ts';
import { sqlAudit } from '../../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../../src/store/database/engine.ts';
import type { Tables } from '../../../src/store/database/tables.ts';
import { trackTransactions } from '../../../src/store/database/transactions.ts';
import { sqlIncidentSamples } from '../../../src/store/incident/sql-incident-samples.ts';
import { sqlIncidents } from '../../../src/store/incident/sql-incidents.ts';
import { sqlPresence } from '../../../src/store/incident/sql-presence.ts';
import { sqlOutbox } from '../../../src/store/outbox/sql-outbox.ts';
import { beginWith } from '../../runs/simulator/sql-stage.ts';
import { createOrder, type InOrder, inOrder } from './in-order.ts';
import { memoryStage, type Stage, type StagedStore } from './stage.ts';

type Db = Kysely<Tables>;

const tables = ['incident', 'audit', 'audit_pending', 'outbox', 'outbox_rest', 'outbox_pace']
  .concat('incident_hold', 'incident_latest', 'incident_sample', 'absence')
  .join(', ');

/** Lets the tables of incidents be emptied, which nobody may do anywhere else. */
export async function letEmpty({ db }: Pick<Engine, 'db'>): Promise<void> {
  const { rows } = await sql<{ name: string; kept: string }>`
    select tgname as name, tgrelid::regclass::text as kept from pg_trigger
    where tgname = 'keep'`.execute(db);
  for (const { name, kept } of rows) {
    await sql`drop trigger ${sql.ref(name)} on ${sql.table(kept)}`.execute(db);
  }
}

/** A store in which nothing has happened yet. */
export async function empty({ db }: Pick<Engine, 'db'>): Promise<void> {
  await sql`truncate ${sql.raw(tables)} restart identity cascade`.execute(db);
  await sql`update presence set beat_at = null, away_from = null`.execute(db);
  await sql`alter sequence incident_number restart`.execute(db);
}

/** Where a schedule takes place in a real database, which is empty. */
export const stageIn =
  (engine: Engine): Stage =>
  ({ now }) => {
    const order = createOrder(now);
    const clock = { now: order.now, monotonic: order.now };
    const db = engine.db.withPlugin(beginWith(clock));
    const { transact } = trackTransactions(db);
    const then = { db, transact };
    const { find } = sqlAudit(db);
    const known = createKnown(db, order, {
      incidents: sqlIncidents({ engine: then, added() {} }),
      outbox: sqlOutbox(then, usualPace),
      presence: sqlPresence(db),
    });
    return staged(
      {
        ...known,
        incidentSamples: sqlIncidentSamples(db),
        audit: { find, verify: sqlAudit(engine.db).verify } as never,
      },
      order,
    );
  };

/** The same in memory. */
export const inMemoryInOrder: Stage = ({ now }) => {
  const order = createOrder(now);
  return staged(memoryStage({ now: order.now }), order);
};

const staged = (store: StagedStore, order: InOrder): StagedStore => ({
  incidents: inOrder(store.incidents, order),
  incidentSamples: inOrder(store.incidentSamples, order),
  outbox: inOrder(store.outbox, order),
  presence: inOrder(store.presence, order),
  audit: inOrder(store.audit, order),
});

interface Asked {
  incidents: Incidents;
  outbox: Outbox;
  presence: Presence;
}

/**
 * The same without the questions whose answer is known: that nothing is due before its time, and that nothing
 * has changed since it was read. They are most of all, and each is a way to a database and back.
 */
function createKnown(db: Db, order: InOrder, asked: Asked): Asked {
  let quietUntil = 0;
  const stir =
    <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given) => {
      quietUntil = 0;
      return call(...given);
    };
  const { incidents, outbox } = asked;
  return {
    incidents: rememberIncidents(incidents, order, () => {
      quietUntil = 0;
    }),
    outbox: {
      ...outbox,
      take: async (limit, held) => {
        if (order.now() < quietUntil) return [];
        const rows = await outbox.take(limit, held);
        if (rows.length === 0) quietUntil = await nextDue(db);
        return rows;
      },
      report: stir(outbox.report),
      compact: stir(outbox.compact),
    },
    presence: rememberPresence(db, order, asked.presence),
  };
}

/** When a row of the outbox is due that is not yet; 0 when one is that has to wait for something else. */
async function nextDue(db: Db): Promise<number> {
  const { rows } = await sql<{ at: number | null; due: boolean }>`
    select gatehouse_ms(min(free)) as at, coalesce(min(free) <= gatehouse_now(), false) as due
    from (
      select greatest(next_at, coalesce(taken_until, next_at)) as free from outbox
      where shown < wanted and gave_up is null
    ) as owed`.execute(db);
  return rows[0]?.due ? 0 : (rows[0]?.at ?? Number.POSITIVE_INFINITY);
}

function rememberIncidents(incidents: Incidents, { now }: InOrder, changed: () => void): Incidents {
  const docs = new Map<string, SeenIncident | null>();
  const due = new Map<string, number>();
  let all: readonly UnfinishedIncident[] | null = null;
  const forget = (id: string, at: number) => {
    docs.delete(id);
    due.set(id, at);
    all = null;
    changed();
  };
  return {
    ...incidents,
    declare: async (...given) => {
      const made = await incidents.declare(...given);
      forget(made.incident.id, wakeAt(made.incident) ?? Number.POSITIVE_INFINITY);
      return made;
    },
    transition: async (change) => {
      const done = await incidents.transition(change);
      if (done.kind === 'done') {
        forget(done.incident.id, wakeAt(done.incident) ?? Number.POSITIVE_INFINITY);
      }
      return done;
    },
    refresh: async (id) => {
      changed();
      await incidents.refresh(id);
    },
    find: async (id) => {
      const known = docs.get(id);
      if (known !== undefined) return known && { ...known, now: now() };
      const found = await incidents.find(id);
      docs.set(id, found);
      return found;
    },
    unfinished: async () => {
      all ??= await incidents.unfinished();
      return all.map((one) => ({ ...one, now: now() }));
    },
    takeDue: async (limit, lease) => {
      if (![...due.values()].some((at) => at <= now())) return [];
      const taken = await incidents.takeDue(limit, lease);
      for (const { incident } of taken) due.set(incident.id, now() + lease);
      return taken;
    },
  };
}

/** Signs of life that follow each other closely do nothing but move the last one on. */
function rememberPresence(db: Db, { now }: InOrder, presence: Presence): Presence {
  let last: number | null = null;
  let isWritten = true;
  const write = async () => {
    if (!isWritten) {
      await sql`update presence set beat_at = to_timestamp(${last}::double precision / 1000)`.execute(
        db,
      );
    }
    isWritten = true;
  };
  return {
    beat: async () => {
      if (last !== null && now() - last < 30_000) {
        last = now();
        isWritten = false;
        return null;
      }
      await write();
      last = now();
      return presence.beat();
    },
    absences: async (since) => {
      await write();
      return presence.absences(since);
    },
  };
}
