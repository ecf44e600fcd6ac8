import type { Clock } from '../core/clock.ts';
import { defineDriver } from '../core/driver.ts';
import { copiesProbe } from './process/copies-probe.ts';
import { listInstances } from './process/list-instances.ts';
import { listReleases } from './process/list-releases.ts';
import { markVerified } from './process/mark-verified.ts';
import { processOptions } from './process/options.ts';
import type { Place } from './process/place.ts';
import { readLog } from './process/read-log.ts';
import { restartInstance } from './process/restart-instance.ts';
import { readReplicas, scaleCopies } from './process/scale-copies.ts';
import { useRelease } from './process/use-release.ts';

/**
 * Processes on this machine, found by pid file and start time and restarted, with their log and their
 * releases on disk, between which it switches. The demo's systems are operated through it.
 */
export const process = defineDriver({
  name: 'process',
  summary:
    'Finds, restarts and scales processes of this machine by pid file; reads their log, switches their release.',
  options: processOptions,

  async open({ log, ...place }, _target, { clock }) {
    const { releases } = place;
    return {
      capabilities: {
        ...(place.copies !== undefined && scalable(place, clock)),
        instances: { instances: () => listInstances(place) },
        lifecycle: {
          restart: (instance, startedAt, signal) =>
            restartInstance(place, { instance, startedAt }, clock, signal),
        },
        ...(log && { logs: { read: (wanted, signal) => readLog(log, wanted, signal) } }),
        ...(releases && {
          releases: { history: () => listReleases(releases) },
          deployments: {
            use: (release, expected, signal) =>
              useRelease({ ...place, releases }, { release, expected }, clock, signal),
            markVerified: (release, signal) => markVerified(releases, release, clock, signal),
          },
        }),
      },
      close: async () => {},
    };
  },
});

const scalable = (place: Place, clock: Clock) => ({
  probes: { list: () => [copiesProbe(place)] },
  replicas: {
    read: (signal: AbortSignal) => readReplicas(place, signal),
    scale: (to: number, expected: number, signal: AbortSignal) =>
      scaleCopies(place, { to, expected }, clock, signal),
  },
});
