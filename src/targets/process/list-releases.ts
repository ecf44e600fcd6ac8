import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Release } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import { type Proof, readProofs } from './proofs.ts';
import { readSwitches } from './switches.ts';

const note = z.object({ madeAt: z.iso.datetime({ offset: true }), verified: z.boolean() });

/**
 * The releases in a folder, newest first. One without a readable `release.json` counts as unverified until it
 * was seen to run well.
 */
export async function listReleases(folder: string): Promise<Release[]> {
  const current = await readlink(join(folder, 'current')).then(basename, () => null);
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new TargetError(`the releases in ${folder} cannot be read`, { retryable: true, cause });
  });
  const ids = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const releases = await Promise.all(ids.map((id) => read(folder, id, current)));
  const leftFor = new Map((await readSwitches(folder)).map(({ from, to }) => [from, to]));
  const proofs = await readProofs(folder);
  const known = releases.map((release) =>
    withLeaving(withProof(release, proofs), leftFor.get(release.id)),
  );
  return known.sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1));
}

const withLeaving = (release: Release, leftFor: string | undefined): Release =>
  leftFor === undefined ? release : { ...release, leftFor };

/** One that was made anew under the same name since is not the one that was seen to run well. */
const withProof = (release: Release, proofs: readonly Proof[]): Release =>
  proofs.some(({ id, madeAt }) => id === release.id && madeAt === release.at)
    ? { ...release, verified: true }
    : release;

async function read(folder: string, id: string, current: string | null): Promise<Release> {
  const text = await readFile(join(folder, id, 'release.json'), 'utf8').catch(() => '');
  const { success, data } = note.safeParse(parse(text));
  if (!success) return { id, at: null, current: id === current, verified: false };
  return { id, at: Date.parse(data.madeAt), current: id === current, verified: data.verified };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
