import type { DependencyInQuestion, Elsewhere, On, Verdict } from '../../core/action.ts';
import type { Clock } from '../../core/clock.ts';
import type { Health } from '../../core/health.ts';
import type { Draft, Plan, PlanFact } from '../../core/plan.ts';
import { probeDeadline, type Sighting, sightAll } from '../../core/sighting.ts';
import { targetName } from '../../core/target.ts';
import { wellness } from '../not-worse.ts';

/** What of its ground a restart has to look at, besides what it restarts. */
type About = Pick<On, 'target' | 'dependency' | 'clock'>;

/** What a restart is about, as people read it: `rms-auth@prod`, or `redis of rms-auth@prod`. */
export const restartedName = ({
  target,
  dependency,
}: Pick<About, 'target' | 'dependency'>): string =>
  dependency ? `${dependency.name} of ${targetName(target)}` : targetName(target);

/** The plan with whoever depends on what is restarted, how each is now, and the risk that this is. */
export async function withDependents(draft: Draft, on: About): Promise<Draft> {
  const { dependency } = on;
  if (!dependency) return draft;
  const seen = await lookAtAll(dependency, on.clock);
  const { loses } = dependency;
  const names = seen.map(({ name }) => name).join(', ');
  const isRisky = seen.length > 1 || loses.length > 0;
  return {
    ...draft,
    facts: [
      ...draft.facts,
      { name: 'depend on it', value: names, material: true },
      { name: 'lost with it', value: loses.join(', ') || 'nothing', material: true },
      ...seen.map(({ name, health, detail }) => factOf(name, health, detail)),
    ],
    risk: isRisky ? 'destructive' : draft.risk,
    riskReasons: [...draft.riskReasons, ...reasonsOf(names, seen.length, loses)],
    undo: {
      possible: false,
      how: `A restart cannot be taken back${loses.length > 0 ? `; lost for good: ${loses.join(', ')}` : ''}.`,
    },
  };
}

/** How each is before: whoever reads the plan sees it; it makes no other plan, since it changes by the second. */
const factOf = (name: string, health: Health, detail: string): PlanFact => ({
  name,
  value: `${health}: ${detail}`,
  material: false,
});

function reasonsOf(names: string, count: number, loses: readonly string[]): string[] {
  const who = count === 1 ? `${names} depends on it` : `${count} services depend on it: ${names}`;
  return [
    `${who}.`,
    ...(loses.length > 0 ? [`It holds what is lost with it: ${loses.join(', ')}.`] : []),
  ];
}

/**
 * Once it is back: for whom it was restarted has to be well, and none of the others worse than the plan has seen it.
 * What was ill before for another reason says nothing about the restart.
 */
export async function dependentChecks(plan: Plan, on: About): Promise<Verdict['checks']> {
  const { dependency, target } = on;
  if (!dependency) return [];
  const before = new Map(plan.facts.map(({ name, value }) => [name, wellness(value)]));
  const seen = await lookAtAll(dependency, on.clock);
  return seen.map(({ name, health, detail, isChecked }) => {
    const said = `${health}: ${detail}`;
    if (health === 'up' || !isChecked) return { name, ok: true, seen: said };
    const asBefore = wellness(said) >= (before.get(name) ?? wellness('up:'));
    const ok = asBefore && name !== targetName(target);
    return { name, ok, seen: ok ? `${said}, no worse than before` : said };
  });
}

interface Seen {
  name: string;
  health: Health;
  detail: string;
  /** Whether there is anything to look at. */
  isChecked: boolean;
}

async function lookAtAll(
  { dependents }: DependencyInQuestion,
  clock: Clock,
): Promise<readonly Seen[]> {
  return Promise.all((await dependents()).map((one) => lookAt(one, clock)));
}

async function lookAt({ target, can }: Elsewhere, clock: Clock): Promise<Seen> {
  const name = targetName(target);
  const sightings = await sightAll(can.probes?.list() ?? [], clock, probeDeadline);
  const worst = sightings.toSorted((a, b) => rank(a) - rank(b))[0];
  if (!worst) return { name, health: 'unknown', detail: 'it has no checks', isChecked: false };
  const count = sightings.length === 1 ? 'its check is' : `all ${sightings.length} checks are`;
  const detail = worst.health === 'up' ? `${count} well` : `${worst.probe} ${worst.detail}`;
  return { name, health: worst.health, detail, isChecked: true };
}

const rank = ({ health }: Sighting): number => wellness(`${health}:`);
