import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { AuditCheck } from '../../src/core/audit.ts';
import { tempFolder } from '../support/temp-folder.ts';

const kills = 30;
const folder = tempFolder();
const data = join(folder.path, 'data');
const file = join(folder.path, 'acknowledged');
const acknowledged: string[] = [];
let writers = 0;
afterAll(() => folder.remove());

test(`an embedded database whose process is killed ${kills} times opens again with every acknowledged row and a whole audit`, async () => {
  const seed = Date.now() % 2 ** 31;
  const moments = fc.sample(fc.integer({ min: 0, max: 250 }), { numRuns: kills, seed });
  let refused = 0;
  for (const [round, moment] of moments.entries()) {
    const report = await lifeOf(...fate(round, moment));
    if (report === null) continue;
    expect(report, `seed ${seed}, round ${round}`).toMatchObject({
      missing: 0,
      audit: { ok: true },
    });
    expect(report.by_index, `seed ${seed}, round ${round}`).toBe(report.rows);
    refused += report.refused;
  }
  expect(acknowledged.length, 'rows were written between the kills').toBeGreaterThan(kills * 4);
  expect(await lifeOf('writing', 0)).toMatchObject({ missing: 0 });
  expect(refused, 'no new key was called seen').toBe(0);
});

/**
 * The first three are killed while they make the database, most others while they write, and some
 * while they open what the one before left. Who writes is killed so many milliseconds after so many rows.
 */
function fate(round: number, moment: number): ['opening' | 'writing', number] {
  if (round < 3) return ['opening', moment * 8];
  return round % 5 === 4 ? ['opening', moment * 2] : ['writing', moment];
}

interface Report {
  missing: number;
  rows: number;
  by_index: number;
  audit: AuditCheck;
  /** New keys that were called seen. */
  refused: number;
}

/** One writer from its start to its kill; null when it was killed before it had opened the folder. */
async function lifeOf(killed: 'opening' | 'writing', moment: number): Promise<Report | null> {
  writers += 1;
  writeFileSync(file, acknowledged.join('\n'));
  const program = join(import.meta.dirname, 'writer.ts');
  // It does not live long enough for what a second, better compilation of the database would bring.
  const argv = ['--liftoff-only', program, data, file, `writer-${writers}`];
  const writer = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const life = listen(writer);
  if (killed === 'writing') await Promise.race([life.rows(8 + (moment % 32)), life.ended]);
  await sleep(killed === 'writing' ? moment / 8 : moment);
  const alive = writer.exitCode === null;
  writer.kill('SIGKILL');
  await life.ended;
  expect(alive, `the writer ended by itself: ${life.errors()}`).toBe(true);
  acknowledged.push(...life.keys);
  return life.report();
}

function listen(writer: ChildProcess) {
  const keys: string[] = [];
  let [wanted, reached] = [0, () => {}];
  let report: Report | null = null;
  let errors = '';
  writer.stderr?.on('data', (text) => {
    errors += text;
  });
  const lines = createInterface({ input: writer.stdout as NodeJS.ReadableStream });
  lines.on('line', (line) => {
    const [word = '', rest = ''] = line.split(/ (.*)/);
    if (word === 'opened') {
      report = { ...JSON.parse(rest), refused: 0 };
    } else if (word === 'new') keys.push(rest);
    else if (report) report.refused += 1;
    if (keys.length >= wanted) reached();
  });
  const ended = Promise.all([once(writer, 'close'), once(lines, 'close')]);
  const rows = (count: number) =>
    new Promise<void>((resolve) => {
      [wanted, reached] = [count, resolve];
    });
  return { keys, rows, ended, report: () => report, errors: () => errors };
}
