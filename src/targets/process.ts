import { defineDriver } from '../core/driver.ts';
import { listInstances } from './process/list-instances.ts';
import { listReleases } from './process/list-releases.ts';
import { markVerified } from './process/mark-verified.ts';
import { processOptions } from './process/options.ts';
import { readLog } from './process/read-log.ts';
import { restartInstance } from './process/restart-instance.ts';
import { useRelease } from './process/use-release.ts';

/**
 * Processes on this machine, found by pid file and start time and restarted, with their log and their
 * releases on disk, between which it switches. The demo's systems are operated through it.
 */
export const process = defineDriver({
  name: 'process',
  summary:
    'Finds and restarts processes of this machine by pid file; reads their log, switches their release.',
  options: processOptions,

  async open({ directory, instances, log, releases }, _target, { clock }) {
    return {
      capabilities: {
        instances: { instances: () => listInstances({ directory, instances }) },
        lifecycle: {
          restart: (instance, startedAt, signal) =>
            restartInstance(
              { directory, instances, releases },
              { instance, startedAt },
              clock,
              signal,
            ),
        },
        ...(log && { logs: { read: (wanted, signal) => readLog(log, wanted, signal) } }),
        ...(releases && {
          releases: { history: () => listReleases(releases) },
          deployments: {
            use: (release, expected, signal) =>
              useRelease({ directory, instances, releases }, { release, expected }, clock, signal),
            markVerified: (release, signal) => markVerified(releases, release, clock, signal),
          },
        }),
      },
      close: async () => {},
    };
  },
});
