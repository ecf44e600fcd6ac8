import type { StepOutcome } from '../../core/action.ts';
import type { Plan, PlanFact } from '../../core/plan.ts';
import type { Check } from '../user/checks.ts';

const name = 'sessions';

/** How many sessions there are before a change. Their number changes by the second: it makes no other plan. */
export const sessionsFact = (count: number | null): PlanFact => ({
  name,
  value: sessionsText(count),
  material: false,
});

/** How many sessions there are, for people. */
export const sessionsText = (count: number | null): string => {
  if (count === null) return 'the system does not tell how many';
  return count === 0 ? 'none' : String(count);
};

/**
 * Whether sessions were ended, by their number now and before. People sign in again while it is looked
 * at, so that there may be some; as many as before prove nothing.
 */
export function sessionsAfter(plan: Plan, left: number | null): Check {
  if (left === null || left === 0) return { name, ok: true, seen: sessionsText(left) };
  const before = Number(plan.facts.find((fact) => fact.name === name)?.value);
  const seen = `${left}, ${Number.isNaN(before) ? 'not told' : before} before`;
  return left < before
    ? { name, ok: true, seen: `${seen}: whoever has one has signed in since` }
    : { name, ok: false, seen: `${seen}: they were not ended, or people have signed in again` };
}

/** After a crash: what their number tells of their having been ended. Those that there are may be new. */
export const outcomeFrom = (left: number | null): StepOutcome =>
  left === 0
    ? { kind: 'done', seen: 'nobody is signed in' }
    : { kind: 'unknown', why: `sessions: ${sessionsText(left)}` };
