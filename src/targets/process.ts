import { defineDriver } from '../core/driver.ts';
import { listInstances } from './process/list-instances.ts';
import { listReleases } from './process/list-releases.ts';
import { processOptions } from './process/options.ts';
import { readLog } from './process/read-log.ts';

/**
 * Processes on this machine, found by pid file and start time, with their log and their releases on
 * disk. The demo's systems are operated through it.
 */
export const process = defineDriver({
  name: 'process',
  summary: 'Finds processes of this machine by pid file, and reads their log and releases.',
  options: processOptions,

  async open({ directory, instances, log, releases }) {
    return {
      capabilities: {
        instances: { instances: () => listInstances({ directory, instances }) },
        ...(log && { logs: { read: (wanted, signal) => readLog(log, wanted, signal) } }),
        ...(releases && { releases: { history: () => listReleases(releases) } }),
      },
      close: async () => {},
    };
  },
});
