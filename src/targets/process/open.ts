import type { Clock } from '../../core/clock.ts';
import type { Driver } from '../../core/driver.ts';
import { copiesProbe } from './copies-probe.ts';
import { listInstances } from './list-instances.ts';
import { listReleases } from './list-releases.ts';
import { markVerified } from './mark-verified.ts';
import type { ProcessOptions } from './options.ts';
import type { Place } from './place.ts';
import { readLog } from './read-log.ts';
import { restartInstance } from './restart-instance.ts';
import { readReplicas, scaleCopies } from './scale-copies.ts';
import { useRelease } from './use-release.ts';

/** What a process of this machine offers. */
export const openProcess: Driver<ProcessOptions>['open'] = async (
  { log, ...place },
  _target,
  { clock },
) => {
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
};

const scalable = (place: Place, clock: Clock) => ({
  probes: { list: () => [copiesProbe(place)] },
  replicas: {
    read: (signal: AbortSignal) => readReplicas(place, signal),
    scale: (to: number, expected: number, signal: AbortSignal) =>
      scaleCopies(place, { to, expected }, clock, signal),
  },
});
