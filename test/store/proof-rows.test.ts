import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFactor } from '../../src/core/second-factor.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { sqlBreakGlass } from '../../src/store/people/sql-break-glass.ts';
import { sqlSecondFactors } from '../../src/store/people/sql-second-factors.ts';
import { dataFolder } from '../support/data-folder.ts';

let folder: Awaited<ReturnType<typeof dataFolder>>;
let engine: Engine;
const subject = 'second-factor:T1/U1';
const by = { id: 'U1', team: 'T1' };

beforeAll(async () => {
  folder = await dataFolder();
  engine = await openEmbedded(folder.path);
  const entry = { event: 'second-factor.enrolled', actor: 'operator:tests', facts: {} };
  const state = { ...noFactor, lastStep: 7 };
  await sqlSecondFactors(engine.db).write({ subject, version: 0, state, entry });
  const rule = { perPerson: 2, global: 5 } as Parameters<
    ReturnType<typeof sqlBreakGlass>['take']
  >[2];
  await sqlBreakGlass(engine).take('R-1', by, rule);
});
afterAll(async () => {
  await engine?.close();
  await folder?.remove();
});

const next = "version = version + 1, chain_hash = 'x'";

test.each([
  ['deletes a second factor', 'delete from second_factor', 'stay as they are'],
  ['empties its table', 'truncate second_factor cascade', 'stay as they are'],
  ['lifts a lockout by hand', 'update second_factor set locked_until = 0', 'cannot follow'],
  ['lets a code count again', `update second_factor set last_step = 0, ${next}`, 'cannot follow'],
  ['does it without a record', `update second_factor set ${next}`, 'second_factor_has_record'],
  ['deletes a use of break-glass', 'delete from break_glass', 'stay as they are'],
  ['empties that table', 'truncate break_glass cascade', 'stay as they are'],
  ['says it was another’s', `update break_glass set person = 'T1/U2', ${next}`, 'cannot follow'],
  [
    'reviews it by hand',
    `update break_glass set ${next}, reviewed_by = 'T1/U2', reviewed_at = 1, review = 'fine'`,
    'break_glass_has_record',
  ],
  [
    'reviews their own',
    `update break_glass set ${next}, reviewed_by = person, reviewed_at = 1, review = 'fine'`,
    'violates check constraint',
  ],
])('nobody who has the database, not even its owner, %s', async (_what, statement, why) => {
  await expect(sql.raw(statement).execute(engine.db)).rejects.toThrow(why);
  expect((await sqlSecondFactors(engine.db).find(subject)).state.lastStep).toBe(7);
  expect(await sqlBreakGlass(engine).unreviewed()).toMatchObject([{ run: 'R-1', review: null }]);
});
