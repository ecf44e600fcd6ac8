/**
 * A process to be killed: opens the embedded database of a folder, says how many of the keys in a
 * file are missing and whether the audit is whole, then writes deliveries and changes a run, and
 * prints the key of each delivery and change once it is acknowledged.
 *
 *   node writer.ts FOLDER FILE NAME
 */
import { readFileSync, writeSync } from 'node:fs';
import { sql } from 'kysely';
import { startSealer } from '../../src/store/audit/sealer.ts';
import { sqlAudit } from '../../src/store/audit/sql-audit.ts';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { sqlIntake } from '../../src/store/intake/sql-intake.ts';
import { sqlRuns } from '../../src/store/run/sql-runs.ts';
import { change as changeOf, entry, newRun } from '../contracts/runs.ts';
import { quietLog } from '../support/quiet-log.ts';

const [folder = '', file = '', name = ''] = process.argv.slice(2);
/** Also when nobody has read for a while: the pipe is full then, and says so. */
const say = (line: string) => {
  let left = Buffer.from(`${line}\n`);
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(1, left));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};

const engine = await openEmbedded(folder);
const { db, lanes } = engine;
const all = readFileSync(file, 'utf8').split('\n').filter(Boolean);
const keys = all.filter((key) => !key.startsWith('run/'));
const changes = all.filter((key) => key.startsWith('run/'));
const { rows } = await sql<{ missing: number; rows: number; by_index: number }>`
  select
    (select count(*) from unnest(${keys}::text[]) as given (name)
      where not exists (select from intake where intake.key = given.name))
      + (select count(*) from unnest(${changes}::text[]) as given (name)
      where not exists (
        select from audit where 'run/' || subject || '/' || version = given.name)) as missing,
    (select count(*) from intake) as rows,
    (select count(*) from intake where received_at > '-infinity') as by_index`.execute(db);
say(`opened ${JSON.stringify({ ...rows[0], audit: await sqlAudit(db).verify() })}`);

const intake = sqlIntake(db, lanes);
const write = async (writer: number) => {
  for (let i = 0; ; i += 1) {
    const key = `${name}-${writer}-${i}`;
    const outcome = await intake.record({ key, kind: 'click', actor: 'T1/U1' });
    say(`${outcome} ${key}`);
    if (i % 50 === 49 && writer === 0) await sql`checkpoint`.execute(db);
  }
};
const change = async () => {
  const runs = sqlRuns({ engine, jobs: { enqueue: async () => {} }, added() {} });
  const { id } = await runs.create(newRun({ id: name }), entry('run.requested'));
  for (let version = 1; ; version += 1) {
    say(`new run/${id}/${version}`);
    await runs.transition(changeOf({ id, version }));
  }
};
startSealer(engine, quietLog);
await Promise.all([...[0, 1, 2, 3].map(write), change()]);
