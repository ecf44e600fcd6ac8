import type { ApprovalSet } from '../../core/approval.ts';
import type { Laxity } from '../../core/approval-policy.ts';
import type { ActionRisk } from '../../core/plan.ts';
import { approverRoles, needsNothing } from '../approval.ts';
import { type Linted, placesOf, type Unenforced } from './linted.ts';
import { canBeFilled } from './people.ts';

/** A set, the key of the file that names it, and where it counts. */
interface Place {
  key: string;
  set: ApprovalSet;
  /** Null for a set that a rule names: it asks for no less than one that is checked. */
  counts: { env: string; risk: ActionRisk; production: boolean } | null;
}

/** The approval sets that cannot be filled, that ask too little, or that demand what nobody checks. */
export function lintSets(linted: Linted): string[] {
  const places = everyPlace(linted);
  const { lax = [] } = linted.approvals;
  return [
    ...places.flatMap((place) => lintSet(place, linted)),
    ...lax.flatMap((laxity, index) =>
      places.some((place) => isExcused(place, [laxity]) && asksTooLittle(place))
        ? []
        : [
            `approvals.lax[${index}]: what ${laxity.risk} risk needs in ${laxity.env} is not lax; remove the entry.`,
          ],
    ),
  ];
}

function everyPlace({ approvals, ...linted }: Linted): Place[] {
  const places = placesOf(linted);
  const usual = [
    { env: 'production', production: true, sets: approvals.production },
    ...(places.some(({ production }) => !production)
      ? [{ env: 'elsewhere', production: false, sets: approvals.elsewhere }]
      : []),
  ];
  const named = Object.entries(approvals.environments ?? {}).map(([env, sets]) => ({
    env,
    production: places.some((place) => place.env === env && place.production),
    sets,
  }));
  const byEnv = [...usual, ...named].flatMap(({ env, production, sets }) =>
    Object.entries(sets).map(([name, set]) => ({
      key: `approvals.environments.${env}.${name}`,
      set,
      counts: { env, risk: name as ActionRisk, production },
    })),
  );
  const byRule = (approvals.rules ?? []).map(({ set }, index) => ({
    key: `approvals.rules[${index}].approval`,
    set,
    counts: null,
  }));
  return [...byEnv, ...byRule];
}

function lintSet(place: Place, linted: Linted): string[] {
  const { key, set } = place;
  const missing = approverRoles(set).filter((role) => !Object.hasOwn(linted.policy.roles, role));
  const tooLittle = isExcused(place, linted.approvals.lax ?? []) ? null : asksTooLittle(place);
  return [
    ...missing.map(
      (role) =>
        `${key}: “${set.name}” asks the role ${role}, which nobody holds; name somebody under roles.${role}.members, or say under approvals.sets.${set.name} whom it asks.`,
    ),
    ...(missing.length > 0 || canBeFilled(set.slots, linted)
      ? []
      : [
          `${key}: there are not enough people to fill “${set.name}”; add some under roles, or ask for fewer under approvals.sets.${set.name}.slots.`,
        ]),
    ...(tooLittle === null ? [] : [`${key}: “${set.name}” ${tooLittle}`]),
    ...demandsOf(set)
      .filter((demand) => linted.unenforced.includes(demand))
      .map((demand) => `approvals.sets.${set.name}.${demand}: ${notYet[demand]}`),
  ];
}

const notYet = {
  incident: 'this version knows no incidents yet, so nothing could ever be approved; remove it.',
};

const demandsOf = ({ incident }: ApprovalSet): Unenforced[] => (incident ? ['incident'] : []);

/** Why nobody should start with it; null when there is no reason. */
function asksTooLittle({ set, counts }: Place): string | null {
  if (counts === null || !counts.production || counts.risk === 'low') return null;
  const people = set.slots.reduce((sum, { n }) => sum + n, 0);
  const excuse = `or write under approvals.lax why ${counts.env} may do with less for ${counts.risk} risk.`;
  if (set.requesterConfirms || needsNothing(set)) {
    return `asks nobody but the requester; name a set that asks others, ${excuse}`;
  }
  return counts.risk === 'destructive' && people < 2
    ? `asks one person for what cannot be undone; name a set that asks two, ${excuse}`
    : null;
}

const isExcused = ({ counts }: Place, lax: readonly Laxity[]): boolean =>
  counts !== null && lax.some(({ env, risk }) => env === counts.env && risk === counts.risk);
