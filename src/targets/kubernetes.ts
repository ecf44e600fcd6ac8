import { defineDriver } from '../core/driver.ts';
import { askOver } from './kubernetes/api.ts';
import { refuse } from './kubernetes/change.ts';
import { configFor } from './kubernetes/connect.ts';
import { createLine } from './kubernetes/line.ts';
import { markVerified } from './kubernetes/mark-verified.ts';
import { kubernetesOptions } from './kubernetes/options.ts';
import type { Place } from './kubernetes/place.ts';
import { listInstances } from './kubernetes/pods.ts';
import { rolloutProbe } from './kubernetes/probes.ts';
import { readLogs } from './kubernetes/read-logs.ts';
import { listReleases } from './kubernetes/releases.ts';
import { readRollout, replacePods } from './kubernetes/replace-pods.ts';
import { readReplicas, scaleTo } from './kubernetes/scale.ts';
import { useRelease } from './kubernetes/use-release.ts';

/**
 * A Deployment of Kubernetes. It is restarted, rolled back and scaled as a whole, the way `kubectl` does
 * it and with the fewest rights that do; pods are never deleted or entered.
 */
export const kubernetes = defineDriver({
  name: 'kubernetes',
  summary:
    'Shows, restarts, rolls back and scales a Deployment of Kubernetes, and reads the log of its pods.',
  options: kubernetesOptions,

  async open({ kubeconfig, context, most_replicas: most, ...options }) {
    const { KubeConfig } = await import('@kubernetes/client-node');
    const { Agent, request } = await import('undici');
    const config = configFor(
      { ...(kubeconfig && { kubeconfig }), ...(context && { context }) },
      () => new KubeConfig(),
    );
    const line = createLine(config, { Agent, request });
    const place: Place = { ...options, most, ask: askOver(line) };
    return { capabilities: capabilitiesOf(place), close: line.close };
  },
});

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
