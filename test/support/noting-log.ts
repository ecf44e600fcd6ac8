import type { Log } from '../../src/core/log.ts';

/** What was logged, in order, as `level message`. */
export function notingLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const note = (level: string) => (_fields: object, message: string) => {
    lines.push(`${level} ${message}`);
  };
  return { lines, debug() {}, info: note('info'), warn: note('warn'), error: note('error') };
}
