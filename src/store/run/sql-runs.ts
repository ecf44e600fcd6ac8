import { type Kysely, sql } from 'kysely';
import type { AuditEntry } from '../../core/audit.ts';
import { GivenUpError } from '../../core/errors.ts';
import type { JobRequest, Jobs } from '../../core/jobs.ts';
import type { Run } from '../../core/run.ts';
import type { NewRun, Runs, TimedJob, Transition } from '../../core/transition.ts';
import { aboutRun, bodyPieces } from '../audit/audit-body.ts';
import type { Engine } from '../database/engine.ts';
import { retrying } from '../database/retrying.ts';
import { storedText } from '../database/stored-json.ts';
import type { Tables } from '../database/tables.ts';
import { putInOutbox } from '../outbox/outbox-additions.ts';
import { assignments, bodyText, conditions, jsonColumn, thisMoment } from './run-changes.ts';
import { type RunRow, runIn } from './run-row.ts';
import { sqlEndings } from './sql-endings.ts';

/** What a change reaches besides the run. */
export interface RunsParts {
  engine: Pick<Engine, 'db' | 'transact'>;
  jobs: Pick<Jobs, 'enqueue'>;
  /** Called after the commit of a change that has something to show in Slack. */
  added(): void;
}

/** Runs in the table `run`. */
export function sqlRuns({ engine: { db, transact }, jobs, added }: RunsParts): Runs {
  return {
    create: (run, entry) => create(db, run, entry),
    find: async (id) => {
      const { rows } = await sql<RunRow>`select * from run where id = ${id}`.execute(db);
      return rows[0] ? runIn(rows[0]) : null;
    },
    findByOrigin: (origin) => findByOrigin(db, origin),
    transition: async (change) => {
      const withJobs = () =>
        transact(async (trx) => {
          const row = await update(trx, change);
          if (row) for (const job of change.jobs) await jobs.enqueue(request(row, job));
          return row;
        });
      // One statement is all or nothing by itself, and asks the database once instead of three times.
      const done = await retrying(change.jobs.length > 0 ? withJobs : () => update(db, change));
      if (!done) return { kind: 'moved-on' };
      if (done.messages > 0) added();
      return { kind: 'done', run: runIn(done) };
    },
    inStates: async (states) => {
      const { rows } = await sql<RunRow>`
        select * from run where state = any(${states}::text[])
        order by created_at, id limit 500`.execute(db);
      return rows.map(runIn);
    },
    ...sqlEndings(db),
  };
}

const request = ({ id, version, changed_at }: RunRow, { queue, dueIn }: TimedJob): JobRequest => ({
  queue,
  subject: id,
  version,
  dueAt: dueIn > 0 ? changed_at.getTime() + dueIn : null,
});

/** @throws {GivenUpError} when what it came of was given up. */
async function create(db: Kysely<Tables>, run: NewRun, entry: AuditEntry): Promise<Run> {
  const made = await insert(db, run, entry);
  if (made) return runIn(made);
  const found = run.origin === undefined ? null : await findByOrigin(db, run.origin);
  if (found) return found;
  throw new GivenUpError();
}

async function findByOrigin(db: Kysely<Tables>, origin: string): Promise<Run | null> {
  const { rows } = await sql<RunRow>`select * from run where origin = ${origin}`.execute(db);
  return rows[0] ? runIn(rows[0]) : null;
}

/**
 * Nothing is inserted when there is one of the same origin, or when that was given up. Its row is locked,
 * so that who gives it up at this moment either is seen here or sees this run.
 */
async function insert(
  db: Kysely<Tables>,
  run: NewRun,
  entry: AuditEntry,
): Promise<RunRow | undefined> {
  const about = aboutRun(run);
  const pieces = bodyPieces(entry, 1);
  const body = bodyText(sql`about`, pieces, sql`created_at`);
  const origin = run.origin ?? null;
  const { rows } = await sql<RunRow>`
    with delivery as (select given_up_at from intake where key = ${origin} for share),
    fresh as (
      select ${storedText(run.id)}::text as id, ${about}::text as about, ${thisMoment} as created_at),
    made as (
      insert into run (id, version, chain_hash, state, about, action, service, env, params, reason,
        requested_by, team, parent, asked_in, origin, created_at, changed_at)
      select id, 1, gatehouse_chain(sha256(convert_to(id, 'UTF8')), 1, ${body}), 'requested', about,
        ${storedText(run.action)}, ${storedText(run.target.service)}, ${storedText(run.target.env)},
        ${jsonColumn(run.params ?? undefined)}, ${storedText(run.reason)},
        ${storedText(run.requestedBy.id)}, ${storedText(run.requestedBy.team)},
        ${run.parent ?? null}, ${run.askedIn && storedText(run.askedIn)}, ${origin},
        created_at, created_at
      from fresh
      where not exists (select from delivery where given_up_at is not null)
      on conflict (origin) do nothing
      returning *
    ),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${body}, chain_hash from made
    )
    select * from made`.execute(db);
  return rows[0];
}

type Changed = RunRow & { messages: number };

/** The change itself, its record and its messages in one statement: one round trip, one moment. */
async function update(db: Kysely<Tables>, change: Transition): Promise<Changed | null> {
  const version = change.version + 1;
  const pieces = bodyPieces(change.audit, version);
  const changes = [
    sql`version = version + 1`,
    sql`changed_at = ${thisMoment}`,
    sql`chain_hash = gatehouse_chain(
      chain_hash, version + 1, ${bodyText(sql`about`, pieces, thisMoment)})`,
    ...assignments(change.patch),
  ];
  const { rows } = await sql<Changed>`
    with changed as (
      update run set ${sql.join(changes)} where ${conditions(change)} returning *
    ),
    recorded as (
      insert into audit (subject, version, body, hash)
      select id, version, ${bodyText(sql`about`, pieces, sql`changed_at`)}, chain_hash from changed
    ),
    ${putInOutbox(change.messages)}
    select changed.*,
      (select count(*) from outboxed) + (select count(*) from refreshed) as messages
    from changed`.execute(db);
  return rows[0] ?? null;
}
