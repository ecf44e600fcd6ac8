import type { Elsewhere, On } from '../../core/action.ts';
import { messageOf } from '../../core/errors.ts';
import { sightAll } from '../../core/sighting.ts';
import { targetName } from '../../core/target.ts';
import { soon } from '../looking.ts';
import type { Check } from '../user/checks.ts';

/** How long each check of another environment may take, in milliseconds. */
const patience = 1_500;

/**
 * Whether the release runs well in an environment that comes before this one, as runbook 004 §4 has it:
 * it is the current one there, every copy runs it, and every check is up. One such environment is enough.
 */
export async function stageCheck(
  release: string,
  on: Pick<On, 'stagesBefore' | 'clock'>,
): Promise<Check> {
  if (!on.stagesBefore) return { name, ok: false, seen: 'nobody can tell where it ran before' };
  const stages = await on.stagesBefore();
  if (stages.length === 0) return { name, ok: true, seen: 'the service has none' };
  const seen = await Promise.all(stages.map((stage) => lookAt(stage, release, on)));
  return {
    name,
    ok: seen.some(({ ok }) => ok),
    seen: seen.map(({ text }) => text).join('; '),
  };
}

const name = 'environment before this one';

async function lookAt(
  { target, can }: Elsewhere,
  release: string,
  { clock }: Pick<On, 'clock'>,
): Promise<{ ok: boolean; text: string }> {
  const where = targetName(target);
  const { releases, instances, probes } = can;
  const not = (why: string) => ({ ok: false, text: `${where} ${why}` });
  if (!releases || !instances || !probes) return not('does not tell what runs there, and how');
  try {
    const [history, copies, health] = await Promise.all([
      releases.history(soon()),
      instances.instances(soon()),
      sightAll(probes.list(), clock, patience),
    ]);
    const current = history.find((one) => one.current)?.id;
    if (current !== release) return not(`runs ${current ?? 'an unknown release'}, not ${release}`);
    const others = copies.filter((copy) => copy.health !== 'up' || copy.release !== release);
    if (copies.length === 0 || others.length > 0)
      return not(`has copies that do not run ${release}`);
    const ill = health.filter((one) => one.health !== 'up').map(({ probe }) => probe);
    if (ill.length > 0) return not(`is not well with it: ${ill.join(', ')}`);
    return { ok: true, text: `${where} runs it, and all its checks are up` };
  } catch (error) {
    return not(`could not be looked at: ${messageOf(error)}`);
  }
}
