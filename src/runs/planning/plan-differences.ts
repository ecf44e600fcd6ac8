import type { Plan, PlanFact } from '../../core/plan.ts';
import { canonicalJson } from './canonical-json.ts';

/** What of two plans for the same wish is different, for people, a clause each. */
export function planDifferences(old: Plan, now: Plan): string[] {
  const steps =
    canonicalJson(old.steps) === canonicalJson(now.steps)
      ? []
      : [`the steps would be: ${now.steps.map(({ does }) => does).join(', ') || 'none'}`];
  const risk = old.risk === now.risk ? [] : [`the risk was ${old.risk} and is ${now.risk}`];
  const undo = old.undo.how === now.undo.how ? [] : [`undoing it: ${now.undo.how}`];
  return [...facts(old, now), ...steps, ...risk, ...undo];
}

function facts(old: Plan, now: Plan): string[] {
  const before = valuesOf(old);
  const after = valuesOf(now);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map(
      (name) => `${name} was ${before.get(name) ?? 'not there'}, is ${after.get(name) ?? 'gone'}`,
    );
}

const valuesOf = (plan: Plan): Map<string, string> =>
  new Map(plan.facts.filter(isMaterial).map(({ name, value }): [string, string] => [name, value]));

const isMaterial = ({ material }: PlanFact): boolean => material;
