import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HouseService } from '../../support/house-catalogue.ts';
import { runCatalogue } from '../../support/run-catalogue.ts';

/**
 * Adds a line with what it was started with to the file it is given, whatever becomes of whoever started
 * it, and runs until that file is gone, or half an hour. It takes a moment to end, as services do.
 */
const program = [
  "trap 'sleep 0.25; exit' TERM",
  'printf "%s\\n" "$GATEHOUSE_COPY" >> "$0"',
  'n=1800',
  'while [ -e "$0" ] && [ $n -gt 0 ]; do n=$((n-1)); sleep 1 & wait $!; done',
].join('\n');

/** The copies that each service has. */
export const copies = ['api', 'worker'] as const;

/**
 * When somebody had each of {@link copies} started, in milliseconds since 1970, as they wrote it down
 * themselves: a busy machine may have got to it only later.
 */
export type Starts = readonly (readonly number[])[];

const startsFile = (folder: string, copy: string): string => join(folder, `${copy}.starts`);

/** A catalogue whose services write down each of their starts, where Gatehouse cannot reach it. */
export const countedCatalogue = (
  services: Readonly<Record<string, HouseService>>,
  told: (service: string, starts: () => Starts) => void,
): string =>
  runCatalogue(
    Object.fromEntries(
      Object.entries(services).map(([service, { url, folder = '' }]) => {
        told(service, () => copies.map((copy) => startsIn(startsFile(folder, copy))));
        const instances = copies.map((name) => ({
          name,
          command: ['/bin/sh', '-c', program, startsFile(folder, name)],
        }));
        const http = { checks: [{ name: 'health', url: `${url}/health` }] };
        return [service, { http, process: { directory: folder, instances } }];
      }),
    ),
  );

function startsIn(path: string): number[] {
  if (!existsSync(path)) return []; // never started
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line).startedAt);
}
