import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Flavour, ReleasePlan } from './flavour.ts';
import { writeWhole } from './processes.ts';

/** What a system is told at its start. It lies in its folder as `system.json`. */
export interface SystemSettings {
  name: string;
  /** The one address of all its copies. */
  port: number;
  /** The port at which the copies of all systems say that they are there. */
  front: number;
  /** The folder of the whole demo. */
  data: string;
  /** Null where the system keeps its sessions itself. */
  redisPort: number | null;
}

/** Where the parts of a system lie. */
export const placesOf = (data: string, name: string) => {
  const directory = join(data, 'systems', name);
  return {
    directory,
    settings: join(directory, 'system.json'),
    state: join(directory, 'state.db'),
    /** How many copies are wanted, once somebody has said so. Gatehouse's `process` driver writes it too. */
    copies: join(directory, 'copies.json'),
    /** The bearer token of its admin API. */
    adminToken: join(directory, 'admin.token'),
    log: join(directory, 'log', `${name}.log`),
    /** What the process prints: nothing, unless it cannot start. */
    output: join(directory, 'log', 'output.txt'),
    releases: join(directory, 'releases'),
    pidFile: (copy: string) => join(directory, 'run', `${copy}.json`),
  };
};

/** The file that says which process owns the demo in a folder. */
export const ownerFile = (data: string): string => join(data, 'owner.json');

/** Makes the folder of a system: settings always anew, the rest only where there is nothing yet. */
export function layOut(flavour: Flavour, settings: SystemSettings): void {
  const places = placesOf(settings.data, flavour.name);
  for (const folder of ['log', 'run', 'releases']) {
    mkdirSync(join(places.directory, folder), { recursive: true });
  }
  writeWhole(places.settings, `${JSON.stringify(settings, null, 2)}\n`);
  if (!existsSync(places.adminToken)) {
    writeWhole(places.adminToken, `${randomBytes(24).toString('base64url')}\n`);
  }
  for (const release of flavour.releases) layOutRelease(places.releases, release);
}

function layOutRelease(releases: string, { hours, current, ...release }: ReleasePlan): void {
  const folder = join(releases, release.version);
  if (!existsSync(folder)) {
    mkdirSync(folder);
    const madeAt = new Date(Date.now() - hours * 3_600_000).toISOString();
    const note = { ...release, madeAt };
    writeWhole(join(folder, 'release.json'), `${JSON.stringify(note)}\n`);
  }
  const link = join(releases, 'current');
  if (current && !existsSync(link)) symlinkSync(release.version, link);
}

/** The settings in a system's folder. */
export const readSettings = (directory: string): SystemSettings =>
  JSON.parse(readFileSync(join(directory, 'system.json'), 'utf8'));

/** The release that a start would run now. */
export const currentRelease = (releases: string): string => readlinkSync(join(releases, 'current'));
