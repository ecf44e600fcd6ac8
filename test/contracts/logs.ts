import { expect, test } from 'vitest';
import type { LogExcerpt, LogQuery, Logs } from '../../src/core/capabilities.ts';

const start = Date.UTC(2026, 10, 21);
const at = (second: number, text: string) =>
  `${new Date(start + second * 1000).toISOString()} ${text}`;

/** Five seconds of a log. */
const lines = [
  at(0, 'started'),
  at(1, 'ERROR pool (1 of 2)'),
  at(2, 'login'),
  at(3, 'error pool (2 of 2)'),
  at(4, 'login'),
];

/** What every driver's `logs` must do. `setUp` gives a fresh target whose log holds these lines. */
export function logsContract(setUp: (lines: readonly string[]) => Promise<Logs>): void {
  const read = async (wanted: Partial<LogQuery>): Promise<LogExcerpt> => {
    const all = { since: 0, grep: null, limit: 100 };
    return (await setUp(lines)).read({ ...all, ...wanted }, new AbortController().signal);
  };

  test('all lines are read, oldest first', async () => {
    expect(await read({})).toEqual({ lines, total: 5, complete: true });
  });

  test('only lines at or after a time', async () => {
    expect((await read({ since: start + 3000 })).lines).toEqual(lines.slice(3));
  });

  test('only lines with a text, letter by letter, whatever the case', async () => {
    expect((await read({ grep: 'Error Pool (' })).lines).toEqual([lines[1], lines[3]]);
    expect((await read({ grep: '.*' })).lines).toEqual([]);
  });

  test('the newest are kept, and all are counted', async () => {
    expect(await read({ limit: 2 })).toEqual({ lines: lines.slice(3), total: 5, complete: true });
  });

  test('the asker may give up', async () => {
    const logs = await setUp(lines);
    const asked = logs.read({ since: 0, grep: null, limit: 1 }, AbortSignal.abort());
    await expect(asked).rejects.toThrow('aborted');
  });
}
