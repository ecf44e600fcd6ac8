import { z } from 'zod';

const texts = z.record(z.string(), z.string()).default({});
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const count = z.int().default(0);

const meta = z.object({
  name: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  labels: texts,
  annotations: texts,
});

/**
 * What new pods are made from, whole: what is not known here must be there again after a rollback,
 * which the models of an SDK would drop when the cluster is newer than they are.
 */
const template = z.looseObject({
  metadata: z.looseObject({ labels: texts, annotations: texts }).optional(),
  spec: z.looseObject({
    containers: z.array(z.looseObject({ name: z.string(), image: z.string().default('') })).min(1),
  }),
});

/** What new pods are made from. */
export type Template = z.infer<typeof template>;

const requirement = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: z.array(z.string()).default([]),
});

/** A Deployment, as far as anything here reads it. */
export const deploymentShape = z.object({
  metadata: meta.extend({ generation: z.int() }),
  spec: z.object({
    replicas: z.int().default(1),
    paused: z.boolean().default(false),
    selector: z.object({
      matchLabels: texts,
      matchExpressions: z.array(requirement).default([]),
    }),
    template,
  }),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      readyReplicas: count,
      availableReplicas: count,
      conditions: z
        .array(
          z.object({
            type: z.string(),
            reason: z.string().default(''),
            message: z.string().default(''),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

const owners = z.array(z.object({ uid: z.string() })).default([]);

/** A list of ReplicaSets. */
export const replicaSetsShape = z.object({
  items: z.array(
    z.object({
      metadata: meta.extend({ creationTimestamp: time, ownerReferences: owners }),
      spec: z.object({ replicas: count, template }),
      status: z.object({ readyReplicas: count }).prefault({}),
    }),
  ),
});

const containerState = z.object({
  name: z.string(),
  restartCount: count,
  state: z
    .object({
      waiting: z.object({ reason: z.string().default('') }).optional(),
      running: z.object({ startedAt: time.optional() }).optional(),
      terminated: z.object({ reason: z.string().default('') }).optional(),
    })
    .default({}),
});

/** A list of Pods. */
export const podsShape = z.object({
  items: z.array(
    z.object({
      metadata: meta.extend({ deletionTimestamp: z.string().optional(), ownerReferences: owners }),
      status: z
        .object({
          phase: z.string().default('Unknown'),
          reason: z.string().default(''),
          startTime: time.optional(),
          conditions: z
            .array(
              z.object({ type: z.string(), status: z.string(), reason: z.string().default('') }),
            )
            .default([]),
          containerStatuses: z.array(containerState).default([]),
          initContainerStatuses: z.array(containerState).default([]),
        })
        .prefault({}),
    }),
  ),
});

/** The scale of a Deployment. */
export const scaleShape = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z.object({ replicas: count }).prefault({}),
});

/** What an API server says that has refused something. */
export const statusShape = z.object({ reason: z.string().default(''), message: z.string() });

/** One Deployment. */
export type Deployment = z.infer<typeof deploymentShape>;
/** One ReplicaSet. */
export type ReplicaSet = z.infer<typeof replicaSetsShape>['items'][number];
/** One Pod. */
export type Pod = z.infer<typeof podsShape>['items'][number];
