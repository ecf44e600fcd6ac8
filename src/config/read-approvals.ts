import type { ApprovalSet } from '../core/approval.ts';
import type { ApprovalPolicy, ApprovalRule, Escalator, Windows } from '../core/approval-policy.ts';
import { defaultApprovals, usualSets } from '../core/default-approvals.ts';
import type { Policy } from '../core/policy.ts';
import type { ApprovalsSection } from './approvals-schema.ts';
import { readBreakGlass } from './break-glass-schema.ts';
import { contentHash } from './content-hash.ts';

/** Every set that the section can name: its own, and those that there are anyway. */
export const setsOf = ({ sets }: Pick<ApprovalsSection, 'sets'>): Record<string, ApprovalSet> => ({
  ...usualSets,
  ...Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, toSet(name, set)])),
});

/**
 * The approvals that a section means which was found to be right, the usual ones for what it leaves
 * out. Their version stands for the whole policy, so that any change of it asks again.
 */
export function readApprovals(
  section: ApprovalsSection,
  policy: Policy,
  breakGlass?: Parameters<typeof readBreakGlass>[0],
): ApprovalPolicy {
  const sets = setsOf(section);
  const named = (name: string): ApprovalSet => {
    const set = sets[name];
    if (!set) throw new Error(`there is no approval set ${name}`);
    return set;
  };
  const byRisk = ({ windows: _, ...names }: Partial<Section>) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([risk, name]) =>
        name === undefined ? [] : [[risk, named(name)]],
      ),
    );
  const windows = windowsIn(section);
  const { production = {}, elsewhere = {}, ...others } = section.environments;
  const approvals = {
    production: { ...usual(sets, 'production'), ...byRisk(production) },
    elsewhere: { ...usual(sets, 'elsewhere'), ...byRisk(elsewhere) },
    environments: Object.fromEntries(
      Object.entries(others).map(([env, names]) => [env, byRisk(names)]),
    ),
    ...(Object.keys(windows).length > 0 && { windows }),
    rules: section.rules.map(({ approval, ...rule }) =>
      whole<ApprovalRule>({ ...rule, set: named(approval) }),
    ),
    escalators: section.escalators.map((one) => whole<Escalator>(one)),
    lax: section.lax,
    ...(breakGlass && { breakGlass: readBreakGlass(breakGlass) }),
  };
  return { version: contentHash({ approvals, policy }), ...approvals };
}

type Section = ApprovalsSection['environments'][string];

/** Where something may not be done at any time. */
const windowsIn = ({ environments }: ApprovalsSection): Record<string, Windows> =>
  Object.fromEntries(
    Object.entries(environments).flatMap(([env, { windows }]) =>
      Object.keys(windows).length > 0 ? [[env, windows]] : [],
    ),
  );

/** A file that says what `one` is has said it for every place where `one` is the default. */
const usual = (sets: Record<string, ApprovalSet>, where: 'production' | 'elsewhere') => {
  const { low, high, destructive } = defaultApprovals[where];
  const own = (set: ApprovalSet) => sets[set.name] ?? set;
  return { low: own(low), high: own(high), destructive: own(destructive) };
};

const toSet = (name: string, set: ApprovalsSection['sets'][string]): ApprovalSet => ({
  name,
  slots: set.slots.map(({ n, any_of: anyOf }) => ({ n, anyOf })),
  requesterConfirms: set.requester_confirms,
  waits: set.expires,
  validFor: set.valid_for,
  reason: set.reason,
  typedTarget: set.typed_target,
  ...(set.step_up === 'totp' && { stepUp: 'totp' }),
  ...(set.incident && { incident: set.incident }),
  ...(set.escalate && { escalate: set.escalate }),
});

/** Without the keys that hold nothing. */
const whole = <T>(value: object): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
