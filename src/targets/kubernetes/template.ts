import { createHash } from 'node:crypto';
import type { Template } from './shapes.ts';

/** What `kubectl rollout restart` and a restart by Gatehouse write into the template of the pods. */
export const restartMark = 'kubectl.kubernetes.io/restartedAt';
const hashLabel = 'pod-template-hash';

/**
 * What a release is called: the tag of its image, and eight digits of the hash of all that its pods are
 * made from, restarts left out. A revision will not do: it moves with every rollback; and a tag alone
 * neither, since settings can change without it.
 */
export function releaseId(template: Template, container: string | undefined): string {
  const { containers } = template.spec;
  const named = containers.find(({ name }) => name === container) ?? containers[0];
  return `${tagOf(named?.image ?? '')}-${digest(withoutRestarts(template)).slice(0, 8)}`;
}

/** What tells two rollouts apart, restarts included. */
export const rolloutId = (template: Template): string => digest(withoutHash(template)).slice(0, 16);

/** The template as a Deployment has it: Kubernetes writes the label into those of ReplicaSets. */
export const withoutHash = (template: Template): Template => without(template, hashLabel, null);

const withoutRestarts = (template: Template): Template => without(template, hashLabel, restartMark);

function without(template: Template, label: string, annotation: string | null): Template {
  const { labels = {}, annotations = {}, ...rest } = template.metadata ?? {};
  return {
    ...template,
    metadata: { ...rest, labels: omit(labels, label), annotations: omit(annotations, annotation) },
  };
}

const omit = (texts: Readonly<Record<string, string>>, name: string | null) =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => key !== name));

function tagOf(image: string): string {
  const [name = '', digested] = image.split('@sha256:');
  if (digested) return `sha256-${digested.slice(0, 12)}`;
  const tag = name.slice(name.lastIndexOf('/') + 1).split(':')[1] ?? 'latest';
  return tag.slice(0, 40);
}

const digest = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');

/** The same value with the keys of every object in order; nulls count as left out, as Kubernetes has it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]),
  );
}
