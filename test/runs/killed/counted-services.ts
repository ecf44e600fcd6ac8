import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HouseService } from '../../support/house-catalogue.ts';
import { runCatalogue } from '../../support/run-catalogue.ts';

/**
 * Adds a line with its process id to the file it is given, whatever becomes of whoever started it,
 * and runs until that file is gone, or half an hour. It takes a moment to end, as services do.
 */
const program = [
  "trap 'sleep 0.25; exit' TERM",
  'echo $$ >> "$0"',
  'n=1800',
  'while [ -e "$0" ] && [ $n -gt 0 ]; do n=$((n-1)); sleep 1 & wait $!; done',
].join('\n');

/** The copies that each service has. */
export const copies = ['api', 'worker'] as const;

/** How often each of {@link copies} was started, as they counted it themselves. */
export type Starts = readonly number[];

const startsFile = (folder: string, copy: string): string => join(folder, `${copy}.starts`);

/** A catalogue whose services write down each of their starts, where Gatehouse cannot reach it. */
export const countedCatalogue = (
  services: Readonly<Record<string, HouseService>>,
  told: (service: string, starts: () => Starts) => void,
): string =>
  runCatalogue(
    Object.fromEntries(
      Object.entries(services).map(([service, { url, folder = '' }]) => {
        told(service, () => copies.map((copy) => linesOf(startsFile(folder, copy))));
        const instances = copies.map((name) => ({
          name,
          command: ['/bin/sh', '-c', program, startsFile(folder, name)],
        }));
        const http = { checks: [{ name: 'health', url: `${url}/health` }] };
        return [service, { http, process: { directory: folder, instances } }];
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
