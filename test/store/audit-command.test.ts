import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fileAnchors } from '../../src/store/audit/anchor-file.ts';
import type { StoredRecord } from '../../src/store/audit/audit-source.ts';
import { makeAnchor } from '../../src/store/audit/make-anchor.ts';
import { startSealer } from '../../src/store/audit/sealer.ts';
import { sqlAudit } from '../../src/store/audit/sql-audit.ts';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { openStore } from '../../src/store/open-store.ts';
import { declarer } from '../contracts/incidents.ts';
import { change, entry, newRun } from '../contracts/runs.ts';
import { realClock } from '../support/clock.ts';
import { dataFolder } from '../support/data-folder.ts';
import { patience } from '../support/patience.ts';
import { quietLog } from '../support/quiet-log.ts';
import { runProgram } from '../support/run-program.ts';
import { byAnother, forge } from './forge.ts';

const run = newRun({ target: { service: 'rms-auth', env: 'prod' } });
let incident = '';
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  folder = await dataFolder();
  const store = await openStore({ dataDir: folder.path, log: quietLog, clock: realClock });
  await store.runs.create(run, entry('run.requested', { note: '=1+1, "quoted"\n\u2028 ünd' }));
  await store.runs.transition(change({ id: run.id, version: 1 }));
  incident = (await declarer(() => store.incidents)()).id;
  await store.runs.create(newRun({ incident }), entry('run.requested'));
  await store.close();
});
afterAll(() => folder.remove());

const audit = (...words: string[]) =>
  runProgram(['bin/audit.ts', ...words], { GATEHOUSE_DATA: folder.path });

test('a line of the jsonl export has what its sum is made of', async () => {
  const { code, out } = await audit('export', '--format', 'jsonl');
  expect(code).toBe(0);
  const lines = out.split('\n').filter((line) => line.includes(run.id));
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
  expect(header).toBe('id,at,actor,event,action,service,env,incident,subject,version,facts,hash');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain('"user:T1/U1","run.requested","restart","rms-auth","prod"');
  expect(lines[0]).toContain('\\"quoted\\"'.replaceAll('"', '""'));
  expect(lines.join('\n')).not.toMatch(/(^|,)"?[=+@-]/m);
});

test('the csv export says which incident a record is of or in, and nothing where there is nothing', async () => {
  const { out } = await audit('export', '--format', 'csv');
  const [, alone, , declared, inIt] = out.split('\n');
  expect(alone).toContain(`"restart","rms-auth","prod","","${run.id}"`);
  expect(declared).toContain(
    `"incident.declared","","rms-auth","prod","${incident}","${incident}","1"`,
  );
  expect(inIt).toContain(`"run.requested","restart","rms-auth","prod","${incident}","`);
  expect(out).not.toContain('undefined');
});

test('what is not understood is answered with what is', async () => {
  for (const words of [
    [],
    ['verify', '--all'],
    ['verify', '--file', 'x'],
    ['grants'],
    ['export', '--format', 'csv', '--anchors'],
    ['export'],
    ['export', '--format', 'xml'],
  ]) {
    const { code, complaints } = await audit(...words);
    expect([code, complaints[0]]).toEqual([2, expect.stringContaining('Usage')]);
  }
});

/** What the copies of the anchors said while nobody had touched the log. */
let line = '';
const path = () => join(folder.path, 'anchors.log');

describe('the copies of the anchors', () => {
  const held = (...words: string[]) => audit('verify', '--anchors', '--file', path(), ...words);
  beforeAll(async () => {
    const engine = await openEmbedded(folder.path);
    const { db, transact, close } = engine;
    const sealer = startSealer(engine, quietLog);
    const isSealed = async () => expect(await sqlAudit(db).verify()).toMatchObject({ unsealed: 0 });
    await vi.waitFor(isSealed, patience);
    await sealer.stop();
    await sql`update gatehouse_clock set shift = interval '1 hour'`.execute(db);
    await transact((trx) => makeAnchor(trx, null));
    await fileAnchors(engine, path());
    await close();
    line = readFileSync(path(), 'utf8');
  });

  test('are held against the log, and what was pasted as well', async () => {
    expect(await held()).toMatchObject({ code: 0, out: expect.stringContaining('1 anchors fit') });
    const pasted = join(folder.path, 'pasted.txt');
    writeFileSync(pasted, `Gatehouse APP 10:00\n${line} and more`);
    const read = await held('--pasted', pasted);
    expect(read).toMatchObject({ code: 0, out: expect.stringContaining('pasted') });
    writeFileSync(pasted, line.replace(/sha256 ..../, 'sha256 0000'));
    expect(await held('--pasted', pasted)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/first bad one is anchor 1 in what was pasted/),
    });
  });

  test('that are gone or forged are a change of the log', async () => {
    writeFileSync(path(), line.replace(/sha256 ..../, 'sha256 0000'));
    expect((await held()).out).toContain('first bad one is anchor 1 in the file');
    writeFileSync(path(), `${line}never mind\n`);
    expect((await held()).out).toContain('first bad one is line 2 of the file');
    rmSync(path());
    const { code, out } = await held();
    expect([code, out]).toEqual([1, expect.stringContaining('and it is not there')]);
  });

  test('are looked for where the configuration says, so there has to be one', async () => {
    const { code, complaints } = await audit('verify', '--anchors');
    expect([code, complaints.join()]).toEqual([2, expect.stringContaining('gatehouse.yml')]);
  });
});

test('what a role needs is written out for the owner of the tables', async () => {
  const { code, out } = await audit('grants', 'bot');
  expect(code).toBe(0);
  expect(out).toContain('grant usage on schema public, jobs to "bot";');
});

test('a log that nobody touched is whole; one that was changed is not, and the first bad one is named', async () => {
  expect(await audit('verify')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Nothing was changed: 4 records/),
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

test('who rewrites a line of an incident and does every sum again is found out by the copies alone', async () => {
  writeFileSync(path(), line);
  const engine = await openEmbedded(folder.path);
  const ofIncident = (one: StoredRecord) => one.subject === incident;
  await forge(engine, (one) => (ofIncident(one) ? byAnother(one) : one));
  await engine.close();
  expect(await audit('verify')).toMatchObject({ code: 0 });
  expect(await audit('verify', '--anchors', '--file', path())).toMatchObject({
    code: 1,
    out: expect.stringContaining('first bad one is anchor 1'),
  });
});
