import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personSubject } from '../../src/core/suspensions.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { sqlSuspensions } from '../../src/store/people/sql-suspensions.ts';
import { dataFolder } from '../support/data-folder.ts';

const folder = await dataFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await openEmbedded(folder.path);
});
afterAll(async () => {
  await engine?.close();
  await folder.remove();
});

const by = { run: 'R-1', actor: 'user:T1/U9', reason: 'left' };
const subject = personSubject({ id: 'U1', team: 'T1' });

test.each([
  ['deletes it', 'delete from suspension', 'stay as they are'],
  ['empties the table', 'truncate suspension cascade', 'stay as they are'],
  ['lifts it by hand', 'update suspension set suspended = false', 'cannot follow'],
  [
    'lifts it without a record',
    "update suspension set suspended = false, version = version + 1, chain_hash = 'x'",
    'suspension_has_record',
  ],
  [
    'says that somebody else did it',
    "update suspension set actor = 'x', version = version + 1, chain_hash = 'x'",
    'cannot follow',
  ],
  [
    'gives it to somebody else',
    "update suspension set id = 'person:T1/U2', suspended = false, version = version + 1, chain_hash = 'x'",
    'cannot follow',
  ],
])('nobody who has the database, not even its owner, %s', async (_, statement, why) => {
  const suspensions = sqlSuspensions(engine.db);
  await suspensions.suspend(subject, by);
  const before = await suspensions.find(subject);
  await expect(sql.raw(statement).execute(engine.db)).rejects.toThrow(why);
  expect(await suspensions.find(subject)).toEqual(before);
});
