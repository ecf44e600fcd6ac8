import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../../src/store/open-embedded.ts';
import { openStore } from '../../src/store/open-store.ts';
import { change, entry, newRun } from '../contracts/runs.ts';
import { realClock } from '../support/clock.ts';
import { dataFolder } from '../support/data-folder.ts';
import { quietLog } from '../support/quiet-log.ts';
import { runProgram } from '../support/run-program.ts';

const run = newRun({ target: { service: 'rms-auth', env: 'prod' } });
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  folder = await dataFolder();
  const store = await openStore({ dataDir: folder.path, log: quietLog, clock: realClock });
  await store.runs.create(run, entry('run.requested', { note: '=1+1, "quoted"\n\u2028 ünd' }));
  await store.runs.transition(change({ id: run.id, version: 1 }));
  await store.close();
});
afterAll(() => folder.remove());

const audit = (...words: string[]) =>
  runProgram(['bin/audit.ts', ...words], { GATEHOUSE_DATA: folder.path });

test('a line of the jsonl export has what its sum is made of', async () => {
  const { code, out } = await audit('export', '--format', 'jsonl');
  expect(code).toBe(0);
  const lines = out.split('\n');
  expect(lines).toHaveLength(2);
  let before = createHash('sha256').update(run.id).digest();
  for (const line of lines) {
    const { version, hash, record } = JSON.parse(line);
    const text = line.slice(line.indexOf('"record":') + '"record":'.length, -1);
    before = createHash('sha256').update(before).update(`${version}\n${text}`).digest();
    expect(hash).toBe(before.toString('hex'));
    expect(record.about).toEqual({
      id: run.id,
      action: 'restart',
      service: 'rms-auth',
      env: 'prod',
    });
  }
});

test('the csv export opens in a spreadsheet, which takes nothing in it for a formula', async () => {
  const { out } = await audit('export', '--format', 'csv');
  const [header, ...lines] = out.split('\n');
  expect(header).toBe('id,at,actor,event,action,service,env,subject,version,facts,hash');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('"user:T1/U1","run.requested","restart","rms-auth","prod"');
  expect(lines[0]).toContain('\\"quoted\\"'.replaceAll('"', '""'));
  expect(lines.join('\n')).not.toMatch(/(^|,)"?[=+@-]/m);
});

test('what is not understood is answered with what is', async () => {
  for (const words of [[], ['verify', '--all'], ['export'], ['export', '--format', 'xml']]) {
    const { code, complaints } = await audit(...words);
    expect([code, complaints[0]]).toEqual([2, expect.stringContaining('Usage')]);
  }
});

test('a log that nobody touched is whole; one that was changed is not, and the first bad one is named', async () => {
  expect(await audit('verify')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Nothing was changed: 2 records/),
  });
  const { db, close } = await openEmbedded(folder.path);
  await sql`alter table audit disable trigger all`.execute(db);
  await sql`update audit set body = replace(body, 'U1', 'U9') where version = 2`.execute(db);
  const inUse = await audit('verify');
  expect(inUse).toMatchObject({ code: 2, complaints: [expect.stringContaining('in use')] });
  await close();
  expect(await audit('verify')).toMatchObject({
    code: 1,
    out: expect.stringContaining(`run ${run.id}, version 2`),
  });
});
