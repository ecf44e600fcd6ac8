import type { LogExcerpt, LogQuery } from '../../core/capabilities.ts';
import { timeOf } from './line-time.ts';

/** Takes the lines of a log from the newest to the oldest, and keeps the wanted ones. */
export interface LinePicker {
  /** False once the lines are older than anybody asked for. */
  take(line: string): boolean;
  /** What was found, oldest first. */
  picked(): Pick<LogExcerpt, 'lines' | 'total'>;
}

/** Milliseconds: writers that share a log put their lines in a little out of order. */
const disorder = 10_000;

/**
 * Picks lines. A line without a time, such as one of a stack trace, belongs to the nearest one
 * before it that has a time, or when there is none, to the first that has.
 */
export function createLinePicker({ since, grep, limit }: LogQuery): LinePicker {
  const needle = grep?.toLowerCase() ?? '';
  const newest: string[] = [];
  let undated: string[] = [];
  let total = 0;
  /** Whether the line with a time that was taken last is wanted. */
  let wanted = true;

  const keep = (line: string) => {
    if (!line.toLowerCase().includes(needle)) return;
    total += 1;
    if (newest.length < limit) newest.push(line);
  };
  const settleUndated = () => {
    if (wanted) for (const line of undated) keep(line);
    undated = [];
  };

  return {
    take: (line) => {
      const time = timeOf(line);
      if (time === null) {
        undated.push(line);
        return true;
      }
      wanted = time >= since;
      settleUndated();
      if (wanted) keep(line);
      return time >= since - disorder;
    },
    picked: () => {
      settleUndated();
      return { lines: newest.toReversed(), total };
    },
  };
}
