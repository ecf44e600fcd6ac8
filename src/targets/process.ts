import { resolve } from 'node:path';
import { defineDriver } from '../core/driver.ts';
import { processOptions } from './process/options.ts';

/**
 * Processes on this machine, found by pid file and start time and restarted, with their log and their
 * releases on disk, between which it switches. The demo's systems are operated through it.
 */
export const process = defineDriver({
  name: 'process',
  summary:
    'Finds, restarts and scales processes of this machine by pid file; reads their log, switches their release.',
  options: processOptions,
  addresses: ({ directory, instances }) =>
    instances.map(({ name }) => resolve(directory, 'run', name)),
  open: async (...target) => (await import('./process/open.ts')).openProcess(...target),
});
