import { changeOnce, refuse } from './change.ts';
import { notePatch } from './note-patch.ts';
import { listReplicaSets, type Place, readDeployment } from './place.ts';
import { isComplete } from './progress.ts';
import { hashOf, provedMark, readNoted, setsOf } from './releases.ts';
import { releaseId } from './template.ts';

/**
 * Notes on the deployment that the release runs well, with the hash of the ReplicaSet whose pods serve.
 * Nothing is rolled out by that.
 *
 * @throws {TargetError} with `happened: false` when nothing was noted.
 */
export async function markVerified(
  place: Place,
  release: string,
  signal: AbortSignal,
): Promise<void> {
  const decide = async () => {
    const deployment = await readDeployment(place, signal);
    const current = releaseId(deployment.spec.template, place.container);
    if (current !== release) throw refuse(`${current} is the current one by now, not ${release}`);
    if (!isComplete(deployment)) throw refuse(`not all pods run ${release}`);
    const sets = setsOf(await listReplicaSets(place, deployment, signal), release, place.container);
    const hash = sets.filter(({ status }) => status.readyReplicas > 0).map(hashOf)[0];
    if (hash === undefined) throw refuse(`nobody knows which pods run ${release}`);
    if (readNoted(deployment, provedMark)[release] === hash) return null;
    return notePatch(place, deployment, { mark: provedMark, notes: { [release]: hash } });
  };
  await changeOnce(decide, (patch) => place.ask(patch, signal));
}
