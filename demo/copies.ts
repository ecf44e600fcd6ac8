import { readFileSync } from 'node:fs';
import type { Flavour } from './flavour.ts';
import { placesOf } from './layout.ts';
import { flavours } from './systems/index.ts';

/** The names of as many copies: `api`, `api-2`, `api-3`. */
const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? 'api' : `api-${index + 1}`));

/** Every copy that a system may have. */
export const possibleCopies = ({ mostCopies = 1 }: Pick<Flavour, 'mostCopies'>): string[] =>
  names(mostCopies);

/** The copies of a system that are wanted: one, unless somebody has scaled it. */
export function wantedCopies(data: string, name: string): string[] {
  const possible = possibleCopies(flavours.find((flavour) => flavour.name === name) ?? {});
  return possible.slice(0, readWanted(placesOf(data, name).copies));
}

function readWanted(file: string): number {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).wanted;
  } catch {
    return 1;
  }
}
