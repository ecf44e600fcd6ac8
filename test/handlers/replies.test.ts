import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/core/redactor.ts';
import type { Report } from '../../src/core/report.ts';
import type { Filter } from '../../src/handlers/command.ts';
import type { Answer } from '../../src/handlers/desk.ts';
import { repliesTo } from '../../src/handlers/replies.ts';
import { stillClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';

interface File {
  name: string;
  content: string;
  comment: string;
}

/** All that leaves when this log is the answer. */
async function sent(lines: readonly string[], filters: readonly Filter[] = [], name = 'api') {
  const said: unknown[] = [];
  const files: File[] = [];
  const answer = {
    say: async (message: unknown) => void said.push(message),
    attach: async (file: File) => void files.push(file),
  };
  const report: Report = {
    title: 'Log',
    parts: [{ kind: 'log', name, lines, total: lines.length, complete: true }],
    next: [],
  };
  const tools = { clock: stillClock(), log: quietLog, redact: createRedactor().redact };
  await repliesTo(answer as unknown as Answer, tools).report(report, filters);
  return { files, everything: JSON.stringify([said, files]) };
}

/** The text of a key, whose lines are shorter than those of a real one, and so are found by their frame alone. */
const keyLine = 'Q0FOQVJZQ0FOQVJZ';
const log = [
  'starting',
  '-----BEGIN PRIVATE KEY-----',
  ...Array<string>(12).fill(keyLine),
  '-----END PRIVATE KEY-----',
  'started',
];

describe('a secret over several lines does not come out', () => {
  test.each<[string, Filter[]]>([
    ['as it is', []],
    ['by searching for a piece of it', [{ kind: 'grep', text: keyLine.slice(3, 9) }]],
    ['by taking its last lines', [{ kind: 'tail', count: 5 }]],
    [
      'by leaving out its first',
      [
        { kind: 'tail', count: 9 },
        { kind: 'head', count: 3 },
      ],
    ],
  ])('%s', async (_how, filters) => {
    expect((await sent(log, filters)).everything).not.toContain(keyLine);
  });
});

test('the name of a file is a name, whatever the log is called', async () => {
  const long = Array<string>(500).fill('line');
  const { files } = await sent(long, [], '../../etc/passwd\u0000 <!channel>');
  expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/^[\w.@-]{1,90}\.log$/)]);
  expect(files[0]?.comment).toContain('&lt;!channel&gt;');
});
