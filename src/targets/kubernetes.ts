import { defineDriver } from '../core/driver.ts';
import { kubernetesOptions } from './kubernetes/options.ts';

/**
 * A Deployment of Kubernetes. It is restarted, rolled back and scaled as a whole, the way `kubectl` does
 * it and with the fewest rights that do; pods are never deleted or entered.
 */
export const kubernetes = defineDriver({
  name: 'kubernetes',
  summary:
    'Shows, restarts, rolls back and scales a Deployment of Kubernetes, and reads the log of its pods.',
  options: kubernetesOptions,
  addresses: ({ kubeconfig = 'of the pod', context = 'current', namespace, deployment }) => [
    `kubernetes ${kubeconfig} ${context} ${namespace}/${deployment}`,
  ],
  open: async (...target) => (await import('./kubernetes/open.ts')).openKubernetes(...target),
});
