import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Anchor, anchorLine, anchorsIn } from '../../core/anchor.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Engine } from '../database/engine.ts';
import type { Transaction } from '../database/tables.ts';
import { sparing } from '../sparing.ts';
import { anchorColumns } from './sql-anchors.ts';

/** How often it looks for new anchors, in milliseconds. */
const every = 1_000;

/**
 * Copies new anchors into a file for as long as it runs. Several processes may do so at once: one of
 * them copies, the others come back later.
 */
export function startAnchorFile(
  engine: Pick<Engine, 'db' | 'transact'>,
  path: string,
  log: Log,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  const complain = sparing((error: unknown, quiet: number) => {
    log.error(
      { path, why: messageOf(error), quiet },
      'audit anchors wait to be written to the file',
    );
  }, 60_000);
  const loop = async () => {
    while (!ending.signal.aborted) {
      await fileAnchors(engine, path).catch(complain);
      await sleep(every, undefined, { signal: ending.signal, ref: false }).catch(() => {});
    }
  };
  const ended = loop();
  return {
    stop: async () => {
      ending.abort();
      await ended;
    },
  };
}

/** Those after the newest that was copied: they are copied in order. */
const isNew = sql`n > (select coalesce(max(n), 0) from audit_anchor_filed)`;

/** Copies what is not in the file yet, and answers how many anchors that were. */
export async function fileAnchors(
  { db, transact }: Pick<Engine, 'db' | 'transact'>,
  path: string,
): Promise<number> {
  const { rows } = await sql`select from audit_anchor where ${isNew} limit 1`.execute(db);
  if (rows.length === 0) return 0;
  return await transact(async (trx) => {
    const { rows: turn } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(4711, 5) as mine`.execute(trx);
    return turn[0]?.mine ? copy(trx, path) : 0;
  });
}

async function copy(trx: Transaction, path: string): Promise<number> {
  const { rows: anchors } = await sql<Anchor>`
    select ${anchorColumns} from audit_anchor where ${isNew} order by n limit 1000`.execute(trx);
  await appendLines(path, anchors);
  const numbers = anchors.map(({ n }) => n);
  await sql`
    insert into audit_anchor_filed (n) select unnest(${numbers}::bigint[])`.execute(trx);
  return anchors.length;
}

/** Appends those that a process that died before it could say so has not appended already. */
async function appendLines(path: string, anchors: readonly Anchor[]): Promise<void> {
  const before = await readFile(path, 'utf8').catch(orNothing);
  const there = new Set(anchorsIn(before).map(anchorLine));
  const lines = anchors.map(anchorLine).filter((line) => !there.has(line));
  const start = before === '' || before.endsWith('\n') ? '' : '\n';
  const file = await open(path, 'a', 0o600);
  try {
    if (lines.length > 0) await file.appendFile(`${start}${lines.join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function orNothing(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}
