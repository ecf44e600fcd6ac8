import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { process as driver } from '../../src/targets/process.ts';
import type { RunningDemo } from './demo.ts';

/** What the `process` driver can do with a system of a demo, as the catalogue of the demo says. */
export async function demoDriver({ config }: RunningDemo, system: string) {
  const { services } = parse(readFileSync(config, 'utf8'));
  const section = driver.options.parse(services[system].environments.prod.process);
  const clock = { now: Date.now, monotonic: () => performance.now() };
  const { capabilities } = await driver.open(section, { service: system, env: 'prod' }, { clock });
  const { instances, lifecycle, replicas, probes } = capabilities;
  if (!instances || !lifecycle || !replicas || !probes) throw new Error(`${system} has no copies`);
  return { instances, lifecycle, replicas, probes };
}
