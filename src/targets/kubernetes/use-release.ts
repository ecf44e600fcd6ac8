import type { Question } from './api.ts';
import { awaitRollout } from './await-rollout.ts';
import { changeOnce, refuse } from './change.ts';
import { listReplicaSets, type Place, pathOf, readDeployment } from './place.ts';
import { leftMark, readLeft, templateOf } from './releases.ts';
import type { Deployment, Template } from './shapes.ts';
import { releaseId } from './template.ts';

/** How many switches are remembered: more releases than Kubernetes keeps. */
const remembered = 30;

/**
 * Gives the deployment the template of another release, as `kubectl rollout undo` does, but of the one
 * that was named, and only while the one that is left still is the current one.
 *
 * @throws {TargetError} with `happened: false` as long as the deployment was not changed.
 */
export async function useRelease(
  place: Place,
  { release, expected }: { release: string; expected: string },
  signal: AbortSignal,
): Promise<void> {
  const decide = async () => {
    const deployment = await readDeployment(place, signal);
    if (deployment.spec.paused) throw refuse('the deployment is paused');
    const current = releaseId(deployment.spec.template, place.container);
    if (current !== expected) throw refuse(`${current} is the current one by now, not ${expected}`);
    if (current === release) throw refuse(`${release} is the current one already`);
    const sets = await listReplicaSets(place, deployment, signal);
    const template = templateOf(sets, release, place.container);
    if (template === null) throw refuse(`there is no release ${release}`);
    return patchFor(place, deployment, template, { [expected]: release });
  };
  await changeOnce(decide, (patch) => place.ask(patch, signal));
  await awaitRollout(place, signal);
}

/** Replacing the version makes it a precondition: one that is stale is a conflict. */
function patchFor(
  place: Place,
  deployment: Deployment,
  template: Template,
  switched: Record<string, string>,
): Question {
  const { resourceVersion, annotations } = deployment.metadata;
  const known = Object.entries({ ...readLeft(deployment), ...switched }).slice(-remembered);
  const left = { [leftMark]: JSON.stringify(Object.fromEntries(known)) };
  const body = [
    { op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'add', path: '/metadata/annotations', value: { ...annotations, ...left } },
  ];
  return {
    verb: 'patch',
    resource: 'deployments',
    path: pathOf(place),
    patch: { type: 'application/json-patch+json', body },
  };
}
