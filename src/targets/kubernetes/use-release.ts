import type { Question } from './api.ts';
import { awaitRollout } from './await-rollout.ts';
import { changeOnce, refuse } from './change.ts';
import { notePatch } from './note-patch.ts';
import { listReplicaSets, type Place, readDeployment } from './place.ts';
import { leftMark, templateOf } from './releases.ts';
import type { Deployment, Template } from './shapes.ts';
import { releaseId } from './template.ts';

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

function patchFor(
  place: Place,
  deployment: Deployment,
  wanted: Template,
  switched: Record<string, string>,
): Question {
  const template = { op: 'replace', path: '/spec/template', value: wanted } as const;
  return notePatch(place, deployment, { mark: leftMark, notes: switched }, [template]);
}
