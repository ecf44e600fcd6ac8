import type { On, Verdict } from '../../core/action.ts';
import type { SigningKey } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Plan, PlanFact } from '../../core/plan.ts';
import { slack } from '../lasting.ts';
import { soon } from '../looking.ts';
import { rotateArgs } from './wanted.ts';

/** The keys that are accepted now. */
export const keysOf = ({ can }: On<'signingKeys'>): Promise<readonly SigningKey[]> =>
  can.signingKeys.keys(soon());

/** Which key signs is what the plan is about; older ones end by themselves meanwhile. */
export const keyFacts = (keys: readonly SigningKey[], sessions: number | null): PlanFact[] => [
  { name: 'signing key', value: currentOf(keys) ?? 'none', material: true },
  {
    name: 'accepted keys',
    value: keys.map(({ id }) => id).join(', ') || 'none',
    material: false,
  },
  ...(sessions === null ? [] : [{ name: 'sessions', value: String(sessions), material: false }]),
];

/** The key that signs now. */
export const currentOf = (keys: readonly SigningKey[]): string | null =>
  keys.find(({ current }) => current)?.id ?? null;

/** Whether another key signs, and the old one is accepted as long as was said and no longer. */
export function rotationChecks(
  plan: Pick<Plan, 'steps'>,
  keys: readonly SigningKey[],
  now: number,
): Verdict['checks'] {
  const { expected, overlap } = rotateArgs.parse(plan.steps[0]?.args);
  const current = currentOf(keys);
  const old = keys.find(({ id }) => id === expected);
  const fresh = current !== null && current !== expected;
  const others = keys.filter(({ id }) => id !== current).map(({ id }) => id);
  return [
    { name: 'signing key', ok: fresh, seen: current ?? 'none' },
    overlap === 0
      ? { name: 'old keys', ok: others.length === 0, seen: others.join(', ') || 'all are gone' }
      : { name: expected, ...acceptance(old, overlap, now) },
  ];
}

function acceptance(old: SigningKey | undefined, overlap: number, now: number) {
  if (!old) return { ok: false, seen: 'it is not accepted any more' };
  if (old.until === null) return { ok: false, seen: 'it is accepted without an end' };
  const left = old.until - now;
  return { ok: left <= overlap + slack, seen: `it is accepted for ${formatDuration(left)} more` };
}
