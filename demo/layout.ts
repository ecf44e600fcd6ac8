import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Flavour, ReleasePlan } from './flavour.ts';
import { writeWhole } from './processes.ts';

/** What a system is told at its start. It lies in its folder as `system.json`. */
export interface SystemSettings {
  name: string;
  port: number;
  /** The file that says whose demo this is. */
  owner: string;
}

/** Where the parts of a system lie. */
export const placesOf = (data: string, name: string) => {
  const directory = join(data, 'systems', name);
  return {
    directory,
    settings: join(directory, 'system.json'),
    state: join(directory, 'state.json'),
    log: join(directory, 'log', `${name}.log`),
    output: join(directory, 'log', 'output.txt'),
    releases: join(directory, 'releases'),
    pidFile: join(directory, 'run', 'api.json'),
  };
};

/** The file that says which process owns the demo in a folder. */
export const ownerFile = (data: string): string => join(data, 'owner.json');

/** Makes the folder of a system: settings always anew, releases only where there are none yet. */
export function layOut(data: string, flavour: Flavour, port: number): void {
  const places = placesOf(data, flavour.name);
  for (const folder of ['log', 'run', 'releases']) {
    mkdirSync(join(places.directory, folder), { recursive: true });
  }
  const settings: SystemSettings = { name: flavour.name, port, owner: ownerFile(data) };
  writeWhole(places.settings, `${JSON.stringify(settings, null, 2)}\n`);
  for (const release of flavour.releases) layOutRelease(places.releases, release);
}

function layOutRelease(releases: string, { version, hours, verified, current }: ReleasePlan) {
  const folder = join(releases, version);
  if (!existsSync(folder)) {
    mkdirSync(folder);
    const madeAt = new Date(Date.now() - hours * 3_600_000).toISOString();
    writeWhole(join(folder, 'release.json'), `${JSON.stringify({ version, madeAt, verified })}\n`);
  }
  const link = join(releases, 'current');
  if (current && !existsSync(link)) symlinkSync(version, link);
}

/** The settings in a system's folder. */
export const readSettings = (directory: string): SystemSettings =>
  JSON.parse(readFileSync(join(directory, 'system.json'), 'utf8'));

/** The release that a start would run now. */
export const currentRelease = (releases: string): string => readlinkSync(join(releases, 'current'));
