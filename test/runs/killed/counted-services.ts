import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HouseService } from '../../support/house-catalogue.ts';
import { runCatalogue } from '../../support/run-catalogue.ts';

/**
 * Adds a line with its process id to the file it is given, whatever becomes of whoever started it,
 * and runs until that file is gone, or half an hour. It takes a moment to end, as services do.
 */
const program = [
  "trap 'sleep 0.2; exit' TERM",
  'echo $$ >> "$0"',
  'n=1800',
  'while [ -e "$0" ] && [ $n -gt 0 ]; do n=$((n-1)); sleep 1 & wait $!; done',
].join('\n');

const startsIn = (folder: string): string => join(folder, 'starts');

/** A catalogue whose services write down each of their starts, where Gatehouse cannot reach it. */
export const countedCatalogue = (
  services: Readonly<Record<string, HouseService>>,
  told: (name: string, starts: () => number) => void,
): string =>
  runCatalogue(
    Object.fromEntries(
      Object.entries(services).map(([name, { url, folder = '' }]) => {
        told(name, () => linesOf(startsIn(folder)));
        const command = ['/bin/sh', '-c', program, startsIn(folder)];
        const process = { directory: folder, instances: [{ name: 'api', command }] };
        return [name, { http: { checks: [{ name: 'health', url: `${url}/health` }] }, process }];
      }),
    ),
  );

function linesOf(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('\n').length - 1;
  } catch {
    return 0; // never started
  }
}
