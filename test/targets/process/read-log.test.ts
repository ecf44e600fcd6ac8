import {
  appendFileSync,
  linkSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogQuery } from '../../../src/core/capabilities.ts';
import { linesBackwards } from '../../../src/targets/process/backwards.ts';
import { timeOf } from '../../../src/targets/process/line-time.ts';
import { readLog } from '../../../src/targets/process/read-log.ts';

const never = new AbortController().signal;
const all: LogQuery = { since: 0, grep: null, limit: 2000 };

let folder: string;
let log: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-log-'));
  log = join(folder, 'app.log');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What the answer should be, found the slow way: everything read, from the first line on. */
function naive(text: string, { since, grep, limit }: LogQuery) {
  const whole = text.split('\n').map((line) => line.replace(/\r$/, ''));
  let time = whole.map(timeOf).find((found) => found !== null) ?? Number.POSITIVE_INFINITY;
  const lines = whole
    .filter((line) => {
      time = timeOf(line) ?? time;
      return line !== '' && time >= since;
    })
    .filter((line) => line.toLowerCase().includes((grep ?? '').toLowerCase()));
  return { lines: limit === 0 ? [] : lines.slice(-limit), total: lines.length };
}

const start = Date.UTC(2026, 10, 21);
const stamp = (seconds: number) => new Date(start + seconds * 1000).toISOString();

const line = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('json'), text: fc.string() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('plain'), text: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undated'), text: fc.string() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('empty'), text: fc.constant('') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('long'), text: fc.constantFrom('ß', 'x', 'Error ') }),
  },
);

/** A log whose times go up, give or take the disorder of several writers. */
const logText = fc
  .array(fc.tuple(line, fc.nat(8)), { maxLength: 40, size: 'max' })
  .chain((lines) => fc.tuple(fc.constant(lines), fc.constantFrom('\n', '\r\n'), fc.boolean()))
  .map(([lines, end, ended]) => {
    const written = lines.map(([{ kind, text }, jitter], index) => {
      const time = stamp(index - jitter);
      const flat = text.replace(/[\r\n]/g, ' ');
      if (kind === 'json') return JSON.stringify({ time, message: text });
      if (kind === 'plain') return `${time} ${flat}`;
      if (kind === 'long') return `${time} ${flat.repeat(70_000)}`;
      return kind === 'empty' ? '' : `  at ${flat}`;
    });
    return written.join(end) + (ended ? end : '');
  });

const query = fc.record({
  since: fc.oneof(
    fc.constant(0),
    fc.integer({ min: -10, max: 45 }).map((s) => start + s * 1000),
  ),
  grep: fc.oneof(fc.constant(null), fc.constantFrom('error', 'ERROR', 'ß', '.*', 'a', '"')),
  limit: fc.nat(70),
});

describe('reading a log backwards', () => {
  test('finds what reading all of it forwards finds', async () => {
    await fc.assert(
      fc.asyncProperty(logText, query, async (text, wanted) => {
        writeFileSync(log, text);
        expect(await readLog(log, wanted, never)).toEqual({
          ...naive(text, wanted),
          complete: true,
        });
      }),
      { numRuns: 300 },
    );
  });

  test('finds the same when the log was rotated at any lines', async () => {
    await fc.assert(
      fc.asyncProperty(logText, query, fc.nat(), fc.nat(), async (text, wanted, a, b) => {
        const lines = text.split('\n').map((one) => `${one}\n`);
        const [first = 0, second = 0] = [a, b].map((n) => n % lines.length).sort((x, y) => x - y);
        writeFileSync(`${log}.2`, lines.slice(0, first).join(''));
        writeFileSync(`${log}.1`, lines.slice(first, second).join(''));
        writeFileSync(log, lines.slice(second).join(''));
        const { lines: found, total } = await readLog(log, wanted, never);
        expect({ lines: found, total }).toEqual(naive(text, wanted));
      }),
      { numRuns: 200 },
    );
  });

  test('with any allowance it finds the newest part of it, and says when it stopped short', async () => {
    await fc.assert(
      fc.asyncProperty(logText, fc.integer({ min: 1, max: 4000 }), async (text, bytes) => {
        writeFileSync(log, text);
        const everything = naive(text, all);
        const found = await readLog(log, all, never, bytes);
        expect(everything.lines.slice(everything.lines.length - found.total)).toEqual(found.lines);
        if (found.complete) expect(found.total).toBe(everything.total);
        if (Buffer.byteLength(text) > bytes) expect(found.complete).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('any bytes at all are read, and lines come back as Node decodes them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        writeFileSync(log, bytes);
        const { lines } = await readLog(log, all, never);
        const expected = Buffer.from(bytes)
          .toString('utf8')
          .split('\n')
          .map((text) => text.replace(/\r$/, ''));
        expect(lines).toEqual(expected.filter((text) => text !== ''));
      }),
    );
  });

  test('a line of a megabyte is one line', async () => {
    const long = `${stamp(1)} ${'x'.repeat(1024 * 1024)}`;
    writeFileSync(log, `${stamp(0)} before\n${long}\n${stamp(2)} after\n`);
    const { lines } = await readLog(log, all, never);
    expect(lines.map(({ length }) => length)).toEqual([31, long.length, 30]);
  });

  test('reads no more than it is allowed of a log of a gigabyte', async () => {
    writeFileSync(log, '');
    truncateSync(log, 1024 ** 3); // sparse: zeros that take no room
    appendFileSync(log, `\n${stamp(0)} one\n${stamp(1)} two\n`);
    const { lines, complete } = await readLog(log, all, never);
    expect(lines).toHaveLength(2);
    expect(complete).toBe(false);
  });

  test('a log that was rotated to the next name while it was read is read once', async () => {
    writeFileSync(log, `${stamp(0)} first\n`);
    linkSync(log, `${log}.1`);
    expect((await readLog(log, all, never)).lines).toEqual([`${stamp(0)} first`]);
  });

  test('a log that is emptied while it is read ends there', async () => {
    writeFileSync(log, `${'x'.repeat(99)}\n`.repeat(2000));
    const file = await open(log, 'r');
    const batches = linesBackwards(file, { bytes: 1_000_000 });
    expect((await batches.next()).value).toHaveLength(655);
    truncateSync(log, 0);
    expect(await batches.next()).toEqual({ done: true, value: undefined });
    await file.close();
  });

  test('a log that is missing is a fault, and a part that is missing is not', async () => {
    await expect(readLog(log, all, never)).rejects.toThrow(`there is no log at ${log}`);
    writeFileSync(`${log}.1`, `${stamp(0)} older\n`);
    expect((await readLog(log, all, never)).total).toBe(1);
  });

  test('stops when the asker has gone', async () => {
    writeFileSync(log, `${stamp(0)} one\n`);
    await expect(readLog(log, all, AbortSignal.abort())).rejects.toThrow('aborted');
  });
});

describe('the time of a line', () => {
  test.each([
    ['{"time":"2026-11-21T00:00:01Z"}', 1000],
    ['{"level":30,"time":1795219201000}', 1000],
    ['{"ts":1795219201.25}', 1250],
    ['{"@timestamp":"2026-11-21T02:00:01.5+02:00"}', 1500],
    ['2026-11-21T00:00:01Z started', 1000],
    ['[2026-11-21 00:00:01,007] started', 1007],
    ['2026-11-21 00:00:01 started', 1000],
    ['1795219201 started', 1000],
  ])('%s', (text, expected) => expect(timeOf(text)).toBe(start + expected));

  test.each([
    'started',
    '{"message":"no time"}',
    '{ broken',
    '{"time":"soon"}',
    '2026-99-99 00:00:00',
    '17 users',
  ])('none in %s', (text) => expect(timeOf(text)).toBeNull());
});
