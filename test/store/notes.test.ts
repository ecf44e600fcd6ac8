import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clicksSubject, notesAMinute } from '../../src/core/audit.ts';
import { sqlAudit } from '../../src/store/audit/sql-audit.ts';
import { sqlNotes, writeLeftOut } from '../../src/store/audit/sql-notes.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { dataFolder } from '../support/data-folder.ts';
import { passIn, standStill } from '../support/database-time.ts';

const folder = await dataFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await openEmbedded(folder.path);
  await standStill(engine);
});
afterAll(async () => {
  await engine?.close();
  await folder.remove();
});

test('what was only counted is told once its minute is over, although nothing follows', async () => {
  const { append } = sqlNotes(engine);
  const events = async () => {
    const found = await sqlAudit(engine.db).find({ subject: clicksSubject, limit: 100 });
    return found.map(({ event, facts }) => [event, facts.count ?? null]);
  };
  const minute = 60_000;
  const tell = () => engine.transact(writeLeftOut);
  await passIn(engine, minute);
  await sql`update gatehouse_clock set shift = shift - (extract(epoch from gatehouse_now())::int % 60 - 2)
    * interval '1 second'`.execute(engine.db); // a minute has just begun
  for (let n = 0; n < notesAMinute + 7; n += 1) {
    await append(clicksSubject, { event: 'click.refused', actor: 'user:T1/U1', facts: {} });
  }
  await tell();
  expect(await events()).toHaveLength(notesAMinute);
  await passIn(engine, minute);
  await tell();
  await tell();
  expect((await events()).slice(0, 2)).toEqual([
    ['clicks.left-out', 7],
    ['click.refused', null],
  ]);
  expect(await events()).toHaveLength(notesAMinute + 1);
  await append(clicksSubject, { event: 'click.refused', actor: 'user:T1/U1', facts: {} });
  expect((await events())[0]).toEqual(['click.refused', null]);
});
