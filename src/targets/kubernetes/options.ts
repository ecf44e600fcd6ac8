import { isAbsolute } from 'node:path';
import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'expected a name as Kubernetes has them');

/** The section `kubernetes` of an environment. */
export const kubernetesOptions = z.strictObject({
  kubeconfig: z
    .string()
    .refine(isAbsolute, 'expected a path that starts with /')
    .optional()
    .describe(
      'The kubeconfig file; without it Gatehouse uses the service account of the pod it runs in. One that runs programs to sign in, or that does not check certificates, is refused.',
    ),
  context: z
    .string()
    .optional()
    .describe('The context of the kubeconfig; without it the one that is current in the file.'),
  namespace: name.describe('The namespace of the deployment.'),
  deployment: name.describe(
    'The name of the deployment. Its own selector says which pods are its.',
  ),
  container: name
    .optional()
    .describe(
      'The container whose image names the release and whose log is read; without it the first.',
    ),
  most_replicas: z
    .int()
    .min(1)
    .max(1_000)
    .default(10)
    .describe('The most replicas that anybody may scale to; 10 when not given.'),
});

/** The section `kubernetes`, as the schema parsed it. */
export type KubernetesOptions = z.infer<typeof kubernetesOptions>;
