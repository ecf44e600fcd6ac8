import type { Driver } from '../../core/driver.ts';
import { askOver } from './api.ts';
import { refuse } from './change.ts';
import { configFor } from './connect.ts';
import { createLine } from './line.ts';
import { markVerified } from './mark-verified.ts';
import type { KubernetesOptions } from './options.ts';
import type { Place } from './place.ts';
import { listInstances } from './pods.ts';
import { rolloutProbe } from './probes.ts';
import { readLogs } from './read-logs.ts';
import { listReleases } from './releases.ts';
import { readRollout, replacePods } from './replace-pods.ts';
import { readReplicas, scaleTo } from './scale.ts';
import { useRelease } from './use-release.ts';

/** What a Deployment offers. */
export const openKubernetes: Driver<KubernetesOptions>['open'] = async ({
  kubeconfig,
  context,
  most_replicas: most,
  ...options
}) => {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const { Agent, request } = await import('undici');
  const config = configFor(
    { ...(kubeconfig && { kubeconfig }), ...(context && { context }) },
    () => new KubeConfig(),
  );
  const line = createLine(config, { Agent, request });
  const place: Place = { ...options, most, ask: askOver(line) };
  return { capabilities: capabilitiesOf(place), close: line.close };
};

const capabilitiesOf = (place: Place) => ({
  probes: { list: () => [rolloutProbe(place)] },
  instances: { instances: (signal: AbortSignal) => listInstances(place, signal) },
  logs: { read: readLogs.bind(null, place) },
  releases: { history: (signal: AbortSignal) => listReleases(place, signal) },
  lifecycle: {
    restart: async () => {
      throw refuse('pods are replaced together, never one of them restarted');
    },
    rollout: {
      read: (signal: AbortSignal) => readRollout(place, signal),
      replace: (mark: string, expected: string, signal: AbortSignal) =>
        replacePods(place, { mark, expected }, signal),
    },
  },
  deployments: {
    use: (release: string, expected: string, signal: AbortSignal) =>
      useRelease(place, { release, expected }, signal),
    markVerified: (release: string, signal: AbortSignal) => markVerified(place, release, signal),
  },
  replicas: {
    read: (signal: AbortSignal) => readReplicas(place, signal),
    scale: (to: number, expected: number, signal: AbortSignal) =>
      scaleTo(place, { to, expected }, signal),
  },
});
