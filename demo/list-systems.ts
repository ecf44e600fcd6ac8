import { askAdmin } from './admin-client.ts';
import { wantedCopies } from './copies.ts';
import { placesOf, readSettings } from './layout.ts';
import { findRunning, type PidFile } from './processes.ts';

/** One line for each system: how many of its copies run, where, which release, and what is broken. */
export const listSystems = (data: string, names: readonly string[]): Promise<string[]> =>
  Promise.all(names.map((name) => describe(data, name)));

async function describe(data: string, name: string): Promise<string> {
  const { directory, pidFile } = placesOf(data, name);
  const copies = wantedCopies(data, name);
  const running = await Promise.all(copies.map(pidFile).map(findRunning));
  const up = running.filter((one) => one !== null);
  if (up.length === 0) return `${name.padEnd(18)} down`;
  const { port } = readSettings(directory);
  const state = await brokenWith(data, name);
  const count = copies.length === 1 ? '' : `, ${up.length} of ${copies.length} copies`;
  return `${name.padEnd(18)} up    ${releasesOf(up)}  ${processesOf(up)}, port ${port}${count}${state}`;
}

const releasesOf = (up: readonly PidFile[]): string =>
  [...new Set(up.map(({ release }) => release))].join(' and ');

const processesOf = (up: readonly PidFile[]): string =>
  `${up.length === 1 ? 'process' : 'processes'} ${up.map(({ pid }) => pid).join(' ')}`;

async function brokenWith(data: string, name: string): Promise<string> {
  try {
    const { slow, failing, spike } = await askAdmin(data, name, 'GET', '/admin/faults');
    const broken = [slow && 'slow', failing && 'errors', spike && 'spike'].filter(Boolean);
    return broken.length > 0 ? `, broken: ${broken.join(', ')}` : '';
  } catch {
    return ', does not answer';
  }
}
