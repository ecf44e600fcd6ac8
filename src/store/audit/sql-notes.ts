import { sql } from 'kysely';
import type { AuditEntry, NoteSubject, Notes } from '../../core/audit.ts';
import type { Engine } from '../database/engine.ts';
import { retrying } from '../database/retrying.ts';
import { storedJson } from '../database/stored-json.ts';
import type { Transaction } from '../database/tables.ts';
import { bodyText, thisMoment } from '../run/run-changes.ts';
import { bodyPieces } from './audit-body.ts';
import { type NoteCount, type NotedDown, noNotes, noteDown, tellLeftOut } from './note-down.ts';

/** Notes in the table `audit`, with the heads of their chains in `audit_note`. */
export const sqlNotes = ({ transact }: Pick<Engine, 'transact'>): Notes => ({
  append: (subject, entry) =>
    retrying(() =>
      transact(async (trx) => {
        await lock(trx, subject);
        await write(trx, subject, (count, now) => noteDown(count, { subject, entry, now }));
      }),
    ),
});

/** Tells what was only counted in minutes that are over; see {@link tellLeftOut}. */
export async function writeLeftOut(trx: Transaction): Promise<void> {
  const { rows } = await sql<{ id: NoteSubject }>`
    select id from audit_note
    where left_out > 0 and minute < floor(extract(epoch from gatehouse_now()) / 60)
    order by id limit 20`.execute(trx);
  for (const { id: subject } of rows) {
    await lock(trx, subject);
    await write(trx, subject, (count, now) => tellLeftOut(count, { subject, now }));
  }
}

/** In a statement of its own: what follows must see what the writer before has committed. */
async function lock(trx: Transaction, subject: NoteSubject): Promise<void> {
  await sql`select pg_advisory_xact_lock(4712, hashtext(${subject}))`.execute(trx);
}

interface Head extends NoteCount {
  now: number;
  version: number | null;
}

async function write(
  trx: Transaction,
  subject: NoteSubject,
  decide: (count: NoteCount, now: number) => NotedDown | null,
): Promise<void> {
  const { rows } = await sql<Head>`
    select gatehouse_ms(gatehouse_now()) as now, version, minute, noted, left_out as "leftOut"
    from (select) as always left join audit_note on id = ${subject}`.execute(trx);
  const [head] = rows as [Head];
  const known = head.version === null ? noNotes : head;
  const decided = decide(known, head.now);
  if (!decided) return;
  const { entries, count } = decided;
  let version = head.version ?? 0;
  for (const one of entries) {
    version += 1;
    await append(trx, { subject, entry: one, version });
  }
  await sql`
    update audit_note set minute = ${count.minute}::bigint, noted = ${count.noted},
      left_out = ${count.leftOut}
    where id = ${subject}`.execute(trx);
}

/** One record, and the head of its chain. */
async function append(
  trx: Transaction,
  { subject, entry, version }: { subject: NoteSubject; entry: AuditEntry; version: number },
): Promise<void> {
  const about = storedJson({ id: subject });
  const body = bodyText(sql`${about}::text`, bodyPieces(entry, version), thisMoment);
  const first = sql`sha256(convert_to(${subject}::text, 'UTF8'))`;
  const changed =
    version === 1
      ? sql`insert into audit_note (id, version, chain_hash, minute, noted)
          values (${subject}, 1, gatehouse_chain(${first}, 1, ${body}), 0, 0) returning *`
      : sql`update audit_note set version = version + 1,
            chain_hash = gatehouse_chain(chain_hash, version + 1, ${body})
          where id = ${subject} returning *`;
  await sql`
    with changed as (${changed})
    insert into audit (subject, version, body, hash)
    select id, version, ${body}, chain_hash from changed`.execute(trx);
}
