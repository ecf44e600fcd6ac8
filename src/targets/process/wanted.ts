import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TargetError } from '../../core/errors.ts';
import type { ConfiguredCopy, Place } from './place.ts';
import { writeWhole } from './write-whole.ts';

const shape = z.object({ wanted: z.int().min(1) });

const fileIn = ({ directory }: Pick<Place, 'directory'>): string => join(directory, 'copies.json');

/**
 * How many copies are wanted: what was written down last, else what the catalogue says.
 *
 * @throws {TargetError} when what is written down cannot be read or makes no sense.
 */
export async function readWanted(
  place: Pick<Place, 'directory' | 'instances' | 'copies'>,
): Promise<number> {
  const { copies, instances } = place;
  if (copies === undefined) return instances.length;
  const file = fileIn(place);
  try {
    const { wanted } = shape.parse(JSON.parse(await readFile(file, 'utf8')));
    return Math.min(wanted, instances.length);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return copies;
    const message = `${file}, where it stands how many copies are wanted, cannot be read`;
    throw new TargetError(message, { retryable: false, cause });
  }
}

/** Writes down how many copies are wanted. */
export const writeWanted = (place: Pick<Place, 'directory'>, wanted: number): Promise<void> =>
  writeWhole(fileIn(place), { wanted }, 'next');

/** The copies that are wanted, and those that are not. */
export const split = (
  { instances }: Pick<Place, 'instances'>,
  wanted: number,
): [ConfiguredCopy[], ConfiguredCopy[]] => [instances.slice(0, wanted), instances.slice(wanted)];
