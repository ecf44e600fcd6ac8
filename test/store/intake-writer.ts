/**
 * A process to be killed: opens the embedded database of a folder, says how many of the keys in a
 * file are missing, then writes deliveries and prints the key of each once it is acknowledged.
 *
 *   node intake-writer.ts FOLDER FILE NAME
 */
import { readFileSync, writeSync } from 'node:fs';
import { sql } from 'kysely';
import { openEmbedded } from '../../src/store/open-embedded.ts';
import { sqlIntake } from '../../src/store/sql-intake.ts';

const [folder = '', file = '', name = ''] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

const { db, lanes } = await openEmbedded(folder);
const keys = readFileSync(file, 'utf8').split('\n').filter(Boolean);
const { rows } = await sql<{ missing: number; rows: number; by_index: number }>`
  select
    (select count(*) from unnest(${keys}::text[]) as given (name)
      where not exists (select from intake where intake.key = given.name)) as missing,
    (select count(*) from intake) as rows,
    (select count(*) from intake where received_at > '-infinity') as by_index`.execute(db);
say(`opened ${JSON.stringify(rows[0])}`);

const intake = sqlIntake(db, lanes);
const write = async (writer: number) => {
  for (let i = 0; ; i += 1) {
    const key = `${name}-${writer}-${i}`;
    const outcome = await intake.record({ key, kind: 'click', actor: 'T1/U1' });
    say(`${outcome} ${key}`);
    if (i % 50 === 49 && writer === 0) await sql`checkpoint`.execute(db);
  }
};
await Promise.all([0, 1, 2, 3].map(write));
