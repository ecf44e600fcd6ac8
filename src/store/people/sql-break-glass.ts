import { type RawBuilder, sql } from 'kysely';
import {
  type BreakGlassUse,
  type BreakGlassUses,
  personOf,
  tooMany,
  useSubject,
  usesCountFor,
} from '../../core/break-glass.ts';
import { bodyPieces } from '../audit/audit-body.ts';
import { reviewedEntry, usedEntry } from '../audit/break-glass-entries.ts';
import type { Engine } from '../database/engine.ts';
import { retrying } from '../database/retrying.ts';
import { storedJson, storedText } from '../database/stored-json.ts';
import type { Transaction } from '../database/tables.ts';
import { bodyText, thisMoment } from '../run/run-changes.ts';
import { lateReviews } from './late-reviews.ts';

type Db = Transaction | Engine['db'];

/** Uses of break-glass in the table `break_glass`. */
export const sqlBreakGlass = ({
  db,
  transact,
  added = () => {},
}: Pick<Engine, 'db' | 'transact'> & { added?(): void }): BreakGlassUses => ({
  ...lateReviews({ db }, added),
  barred: async (by, rule) => {
    const { uses, now } = await whatMatters(db, personOf(by));
    return tooMany(uses, personOf(by), rule, now);
  },
  take: (run, by, rule) =>
    retrying(() =>
      transact(async (trx) => {
        // In a statement of its own: what follows must see what the one before has committed.
        await sql`select pg_advisory_xact_lock(4713, 1)`.execute(trx);
        const person = personOf(by);
        const { uses, now } = await whatMatters(trx, person);
        if (uses.some((use) => use.run === run && use.person === person)) return null;
        const no = tooMany(uses, person, rule, now);
        if (no === null) await insert(trx, run, person);
        return no;
      }),
    ),
  review: (run, by, text) =>
    retrying(() => transact((trx) => review(trx, run, personOf(by), storedText(text)))),
  unreviewed: async () => {
    const { rows } = await sql<Row>`
      select ${columns} from break_glass where review is null order by used_at, id`.execute(db);
    return rows.map(useOf);
  },
});

interface Row {
  run: string;
  person: string;
  used_at: number;
  reviewed_by: string | null;
  reviewed_at: number | null;
  review: string | null;
}

const columns = sql`run, person, used_at, reviewed_by, reviewed_at, review`;

const useOf = ({ run, person, used_at: at, ...row }: Row): BreakGlassUse => ({
  run,
  person,
  at,
  review:
    row.reviewed_by === null || row.reviewed_at === null || row.review === null
      ? null
      : { by: row.reviewed_by, text: row.review, at: row.reviewed_at },
});

/** The uses that still count, and those of the person that nobody has reviewed. */
async function whatMatters(
  db: Db,
  person: string,
): Promise<{ uses: BreakGlassUse[]; now: number }> {
  const since = sql`gatehouse_ms(gatehouse_now()) - ${usesCountFor}::bigint`;
  const { rows } = await sql<Row>`
    select ${columns} from break_glass
    where used_at > ${since} or (person = ${person} and review is null)
    order by used_at, id`.execute(db);
  const [clock] = (
    await sql<{ now: number }>`select gatehouse_ms(gatehouse_now()) as now`.execute(db)
  ).rows as [{ now: number }];
  return { uses: rows.map(useOf), now: clock.now };
}

async function insert(trx: Transaction, run: string, person: string): Promise<void> {
  const subject = useSubject(run);
  const body = textOf(subject, 1, usedEntry(run, person));
  await sql`
    with changed as (
      insert into break_glass (id, version, chain_hash, run, person, used_at)
      values (${subject}, 1,
        gatehouse_chain(sha256(convert_to(${subject}::text, 'UTF8')), 1, ${body}),
        ${run}, ${person}, gatehouse_ms(${thisMoment}))
      returning *)
    insert into audit (subject, version, body, hash)
    select id, version, ${body}, chain_hash from changed`.execute(trx);
}

async function review(trx: Transaction, run: string, reviewer: string, text: string) {
  const { rows } = await sql<Row>`
    select ${columns} from break_glass where id = ${useSubject(run)} for update`.execute(trx);
  const [row] = rows;
  if (!row) return 'no-such-use';
  if (row.person === reviewer) return 'own';
  if (row.review !== null) return 'done-before';
  const body = textOf(useSubject(run), 2, reviewedEntry(run, reviewer, text));
  await sql`
    with changed as (
      update break_glass set
        version = 2, chain_hash = gatehouse_chain(chain_hash, 2, ${body}),
        reviewed_by = ${reviewer}, reviewed_at = gatehouse_ms(${thisMoment}), review = ${text}
      where id = ${useSubject(run)}
      returning *)
    insert into audit (subject, version, body, hash)
    select id, version, ${body}, chain_hash from changed`.execute(trx);
  return 'done';
}

const textOf = (
  subject: string,
  version: number,
  entry: ReturnType<typeof usedEntry>,
): RawBuilder<unknown> =>
  bodyText(sql`${storedJson({ id: subject })}::text`, bodyPieces(entry, version), thisMoment);
