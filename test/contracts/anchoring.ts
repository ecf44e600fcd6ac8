import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Anchor, anchorAfter, anchorLine, anchorsIn } from '../../src/core/anchor.ts';
import { fileAnchors, startAnchorFile } from '../../src/store/audit/anchor-file.ts';
import {
  type AnchorCopies,
  anchorsInFile,
  checkAnchors,
} from '../../src/store/audit/check-anchors.ts';
import { makeAnchor } from '../../src/store/audit/make-anchor.ts';
import { startSealer } from '../../src/store/audit/sealer.ts';
import { anchorSource } from '../../src/store/audit/sql-anchors.ts';
import { auditSource, sqlAudit } from '../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import { sqlRuns } from '../../src/store/run/sql-runs.ts';
import { byAnother, forge } from '../store/forge.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { change, entry, newRun } from './runs.ts';

const length = 1_000;
const channel = 'C-audit';

/** What becomes of the anchors of a thousand records, and what they show. The tests follow each other. */
export function anchoringContract(open: () => Promise<Engine>) {
  const folder = tempFolder();
  const path = join(folder.path, 'anchors.log');
  const run = newRun();
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(async () => {
    await engine?.close();
    await folder.remove();
  });

  const source = () => ({ ...anchorSource(engine.db), seals: auditSource(engine.db).seals });
  const verify = () => sqlAudit(engine.db).verify();
  const inFile = () => readFileSync(path, 'utf8');
  const record = async (from: number, to: number) => {
    const jobs = { enqueue: async () => {} };
    const runs = sqlRuns({ engine, jobs, added: () => {} });
    if (from === 0) await runs.create(run, entry('run.requested'));
    for (let version = Math.max(1, from); version < to; version += 1) {
      await runs.transition(change({ id: run.id, version }));
    }
  };
  /** Two processes for a while: until everything is sealed and copied. */
  const twoAtWork = async (work: () => Promise<void>) => {
    const both = [1, 2].flatMap(() => [
      startSealer(engine, quietLog, channel),
      startAnchorFile(engine, path, quietLog),
    ]);
    await work();
    await expect.poll(verify).toMatchObject({ ok: true, unsealed: 0 });
    const copied = async () => (await source().made()).length - (await source().filed()).length;
    await expect.poll(copied).toBe(0);
    await Promise.all(both.map((one) => one.stop()));
  };
  /** What holding the file, or what is said to be in it, against the log shows. */
  const hold = async (text = inFile(), more: Partial<AnchorCopies> = {}) => {
    const read = anchorsInFile(text);
    if (!read.ok) return { ok: false, firstBad: `line ${read.error}` };
    const expected = await source().filed();
    const copies = { from: 'the file', anchors: read.value, expected, ...more };
    return checkAnchors(source(), [copies]);
  };

  test('two processes that are started again make each once, for every hundred records', async () => {
    await twoAtWork(() => record(0, length / 2));
    const half = (await source().made()).length;
    expect(half).toBeGreaterThan(0);
    await twoAtWork(() => record(length / 2, length));
    const made = await source().made();
    expect(made.length).toBeGreaterThan(half);
    expect(made.map(({ n }) => n)).toEqual(made.map((_, at) => at + 1));
    for (const [at, { records }] of made.entries()) {
      const step = records - (made[at - 1]?.records ?? 0);
      expect(step).toBeGreaterThanOrEqual(anchorAfter.records);
      expect(step).toBeLessThan(2 * anchorAfter.records); // a seal covers no more than a hundred
    }
    expect(inFile()).toBe(made.map((one) => `${anchorLine(one)}\n`).join(''));
    const { rows } = await sql<{ subject: string }>`
      select subject from outbox where kind = 'anchor' and place = ${channel}
      order by id`.execute(engine.db);
    expect(rows.map(({ subject }) => subject)).toEqual(made.map(({ n }) => `anchor:${n}`));
    expect(await hold()).toEqual({
      ok: true,
      anchors: made.length,
      records: made.at(-1)?.records,
    });
  });

  test('a few records have their anchor after a quarter of an hour, and none have one again', async () => {
    const sealer = startSealer(engine, quietLog, null);
    await record(length, length + 3);
    await expect.poll(verify).toMatchObject({ ok: true, unsealed: 0 });
    await sealer.stop();
    const make = () => engine.transact((trx) => makeAnchor(trx, null));
    const before = await source().made();
    expect(await make()).toBe(false);
    await sql`update gatehouse_clock set shift = shift + interval '15 minutes'`.execute(engine.db);
    expect([await make(), await make()]).toEqual([true, false]);
    const [, last] = [before, (await source().made()).at(-1)];
    expect(last?.records).toBe((await verify()).records);
  });

  test('what a process has written that was killed before it could say so is not written twice', async () => {
    const killed: Pick<Engine, 'db' | 'transact'> = {
      db: engine.db,
      transact: (work) =>
        engine.transact(async (trx) => {
          await work(trx);
          throw new Error('killed');
        }),
    };
    await expect(fileAnchors(killed, path)).rejects.toThrow('killed');
    expect(anchorsIn(inFile())).toHaveLength((await source().made()).length);
    expect(await fileAnchors(engine, path)).toBe(1);
    expect(await fileAnchors(engine, path)).toBe(0);
    expect(anchorsIn(inFile())).toEqual(await source().made());
  });

  describe('a copy that was tampered with is found out', () => {
    const line = (n: number) => inFile().split('\n')[n - 1] ?? expect.fail();

    test('a line that is gone, the last one too', async () => {
      const count = (await source().made()).length;
      for (const n of [1, 3, count]) {
        const found = await hold(inFile().replace(`${line(n)}\n`, ''));
        expect(found).toMatchObject({ ok: false, firstBad: `anchor ${n} in the file` });
      }
      expect(await hold('')).toMatchObject({ ok: false, firstBad: 'anchor 1 in the file' });
    });

    test('a line that was forged, or added', async () => {
      const [anchor = expect.fail()] = anchorsIn(line(3));
      const forged: [Partial<Anchor>, string][] = [
        [{ hash: 'ab'.repeat(32) }, 'anchor 3 in the file'],
        [{ records: anchor.records + 1 }, 'anchor 3 in the file'],
        [{ seal: 999_999 }, 'anchor 3 in the file'],
      ];
      for (const [lie, firstBad] of forged) {
        const text = inFile().replace(line(3), anchorLine({ ...anchor, ...lie }));
        expect(await hold(text)).toMatchObject({ ok: false, firstBad });
      }
      const added = anchorLine({ ...anchor, n: 99, seal: 999_999 });
      expect(await hold(`${inFile()}${added}\n`)).toMatchObject({
        ok: false,
        firstBad: 'anchor 99 in the file',
      });
      expect(await hold(inFile().replace(line(3), 'nothing'))).toMatchObject({
        firstBad: 'line 3',
      });
    });
  });

  describe('whoever owns the database and does every sum again is found out', () => {
    test('a record that was rewritten: the first anchor after it is named', async () => {
      const made = await source().made();
      const at = made[2] ?? expect.fail();
      const before = made[1] ?? expect.fail();
      const version = at.records; // the last one that anchor 3 covers
      await forge(engine, (one) => (one.version === version ? byAnother(one) : one));
      expect(await verify()).toMatchObject({ ok: true });
      expect(await hold()).toEqual({
        ok: false,
        firstBad: 'anchor 3 in the file',
        why: expect.stringContaining(`after the first ${before.records} records`),
      });
    });

    test('an end that was cut off: the first anchor that is over the edge is named', async () => {
      const text = inFile();
      writeFileSync(path, (await source().made()).map((one) => `${anchorLine(one)}\n`).join(''));
      expect(await hold()).toMatchObject({ ok: true });
      const [, , , fourth = expect.fail()] = await source().made();
      await forge(engine, (one) => (one.version >= fourth.records ? null : one));
      expect(await verify()).toMatchObject({ ok: true });
      expect(await hold()).toMatchObject({ ok: false, firstBad: 'anchor 4 in the file' });
      writeFileSync(path, text);
    });

    test('a file that is gone is not taken for one that never was', async () => {
      rmSync(path);
      expect(await hold('')).toMatchObject({ ok: false, firstBad: 'anchor 1 in the file' });
    });
  });
}
