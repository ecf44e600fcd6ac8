import { formatDuration } from '../../core/duration.ts';
import type { Next } from '../../core/report.ts';
import { type Target, targetName } from '../../core/target.ts';

/** What was looked for in a log. */
export interface Search {
  /** How far back, in milliseconds. */
  since: number;
  grep: string | null;
  limit: number;
}

const hour = 3_600_000;

/** What the lines are: `The last 15 m, only lines that contain "timeout".` */
export function describeSearch({ since, grep }: Search): string {
  const only = grep === null ? '' : `, only lines that contain "${grep}"`;
  return `The last ${formatDuration(since)}${only}.`;
}

/** The same again, then what one looks for next: further back, or errors alone. */
export function nextSearches(target: Target, search: Search): Next[] {
  const name = targetName(target);
  const further = search.since < hour ? hour : 24 * hour;
  return [
    { label: 'Refresh', command: write(name, search) },
    ...(search.since < 24 * hour
      ? [
          {
            label: further === hour ? 'Last hour' : 'Last day',
            command: write(name, { ...search, since: further }),
          },
        ]
      : []),
    ...(search.grep === null
      ? [{ label: 'Errors only', command: write(name, { ...search, grep: 'error' }) }]
      : [{ label: 'All lines', command: write(name, { ...search, grep: null }) }]),
    { label: 'Status', command: `status ${name}` },
  ];
}

const write = (name: string, { since, grep, limit }: Search): string =>
  [
    `logs ${name} --since ${Math.round(since / 1_000)}s --lines ${limit}`,
    ...(grep === null ? [] : [`--grep=${quote(grep)}`]),
  ].join(' ');

/** As the grammar reads it back. */
const quote = (text: string): string => `"${text.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;
