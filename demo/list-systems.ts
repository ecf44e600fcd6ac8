import { askAdmin } from './admin-client.ts';
import { placesOf, readSettings } from './layout.ts';
import { findRunning } from './processes.ts';

/** One line for each system: whether it runs, where, which release, and what is broken. */
export const listSystems = (data: string, names: readonly string[]): Promise<string[]> =>
  Promise.all(names.map((name) => describe(data, name)));

async function describe(data: string, name: string): Promise<string> {
  const { directory, pidFile } = placesOf(data, name);
  const running = await findRunning(pidFile);
  if (!running) return `${name.padEnd(18)} down`;
  const { port } = readSettings(directory);
  const state = await brokenWith(data, name);
  return `${name.padEnd(18)} up    ${running.release}  process ${running.pid}, port ${port}${state}`;
}

async function brokenWith(data: string, name: string): Promise<string> {
  try {
    const { slow, failing, spike } = await askAdmin(data, name, 'GET', '/admin/faults');
    const broken = [slow && 'slow', failing && 'errors', spike && 'spike'].filter(Boolean);
    return broken.length > 0 ? `, broken: ${broken.join(', ')}` : '';
  } catch {
    return ', does not answer';
  }
}
