import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logs } from '../../src/actions/logs.ts';
import type { LogExcerpt, LogQuery, Logs } from '../../src/core/capabilities.ts';
import { TargetError } from '../../src/core/errors.ts';
import { parse } from '../../src/handlers/grammar/parse.ts';
import { stillClock } from '../support/clock.ts';
import { catalogueOf, scriptedTargets } from '../support/scripted-targets.ts';

const target = { service: 'rms-auth', env: 'prod' };
const nothing: LogExcerpt = { lines: [], total: 0, complete: true };

async function run(given: object, read: Logs['read'] | null) {
  const targets = scriptedTargets({ 'rms-auth@prod': read ? { logs: { read } } : {} });
  const tools = { catalogue: catalogueOf(['rms-auth']), targets, clock: stillClock(10_000_000) };
  return logs.run(logs.params.parse(given), target, tools);
}

describe('logs', () => {
  test('asks for the last quarter of an hour unless told otherwise', async () => {
    const asked: LogQuery[] = [];
    const read: Logs['read'] = async (wanted) => {
      asked.push(wanted);
      return nothing;
    };
    await run({}, read);
    await run({ since: '1h', grep: 'Time out', lines: 20 }, read);
    expect(asked).toEqual([
      { since: 10_000_000 - 900_000, grep: null, limit: 200 },
      { since: 10_000_000 - 3_600_000, grep: 'Time out', limit: 20 },
    ]);
  });

  test('hands on what was found, and says what was looked for', async () => {
    const excerpt = { lines: ['a', 'b'], total: 9, complete: false };
    const report = await run({ grep: 'login' }, async () => excerpt);
    expect(report.parts).toEqual([
      { kind: 'text', text: 'The last 15 m, only lines that contain "login".' },
      { kind: 'log', name: 'rms-auth@prod', ...excerpt },
    ]);
  });

  test('a service without a log is said to have none', async () => {
    const report = await run({}, null);
    expect(report.parts).toEqual([
      { kind: 'text', text: 'No driver of this service can read a log.' },
    ]);
  });

  test('a log that cannot be read is a fault of the target', async () => {
    const gone = new TargetError('there is no log', { retryable: true });
    await expect(run({}, () => Promise.reject(gone))).rejects.toBe(gone);
  });

  test('is sensitive to read, and stays within its bounds', () => {
    expect(logs.risk).toBe('read-sensitive');
    const wrong = [{ since: '59s' }, { since: '31d' }, { lines: 0 }, { lines: 2_001 }];
    for (const given of [...wrong, { grep: '' }, { grep: 'x'.repeat(101) }, { stream: 'x' }]) {
      expect(logs.params.safeParse(given).success).toBe(false);
    }
  });

  test('its buttons type the same search, whatever is searched for', async () => {
    const grep = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 100 });
    const property = fc.asyncProperty(grep, async (text) => {
      const [refresh] = (await run({ since: '1h', grep: text }, async () => nothing)).next;
      const parsed = parse(refresh?.command ?? '');
      const items = parsed.ok ? parsed.value.items : [];
      expect(items).toContainEqual({ kind: 'flag', name: 'grep', value: text });
      expect(items).toContainEqual({ kind: 'word', text: '3600s' });
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test('its buttons look further back, and for errors or all lines', async () => {
    const labels = async (given: object) =>
      (await run(given, async () => nothing)).next.map(({ label }) => label);
    expect(await labels({})).toEqual(['Refresh', 'Last hour', 'Errors only', 'Status']);
    expect(await labels({ since: '1h', grep: 'x' })).toEqual([
      'Refresh',
      'Last day',
      'All lines',
      'Status',
    ]);
    expect(await labels({ since: '2d' })).toEqual(['Refresh', 'Errors only', 'Status']);
  });
});
