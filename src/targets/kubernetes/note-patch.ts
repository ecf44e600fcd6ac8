import type { Question } from './api.ts';
import { type Place, pathOf } from './place.ts';
import { readNoted } from './releases.ts';
import type { Deployment } from './shapes.ts';

/** How many releases are remembered: more than Kubernetes keeps. */
const remembered = 30;

/** What is noted about releases, under which mark of the deployment. */
export interface Noted {
  mark: string;
  notes: Readonly<Record<string, string>>;
}

/** One operation of a JSON patch. */
export interface Operation {
  op: 'add' | 'replace';
  path: string;
  value: unknown;
}

/**
 * A patch that notes something about releases besides what else it does. Replacing the version makes it a
 * precondition: one that is stale is a conflict.
 */
export function notePatch(
  place: Place,
  deployment: Deployment,
  { mark, notes }: Noted,
  also: readonly Operation[] = [],
): Question {
  const { resourceVersion, annotations } = deployment.metadata;
  const older = Object.entries(readNoted(deployment, mark)).filter(([id]) => !(id in notes));
  const known = [...older, ...Object.entries(notes)].slice(-remembered);
  const value = { ...annotations, [mark]: JSON.stringify(Object.fromEntries(known)) };
  const body: readonly Operation[] = [
    { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    ...also,
    { op: 'add', path: '/metadata/annotations', value },
  ];
  return {
    verb: 'patch',
    resource: 'deployments',
    path: pathOf(place),
    patch: { type: 'application/json-patch+json', body },
  };
}
