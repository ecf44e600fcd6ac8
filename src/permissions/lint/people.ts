import type { Slot } from '../../core/approval.ts';
import type { Role } from '../../core/person.ts';
import type { Policy } from '../../core/policy.ts';
import { onCallAt, type Rota, turnBegins } from '../../core/rota.ts';
import { fills, type Voter } from '../matching.ts';
import { rolesOf } from '../may-use.ts';
import { isForChange, type Linted } from './linted.ts';

/**
 * Whether the slots can ever be filled by people who did not ask: at some moment from now on, with at
 * least one of those who may ask left out. A user group counts as people enough: only Slack knows them.
 */
export function canBeFilled(slots: readonly Slot[], linted: Linted): boolean {
  const { policy, now } = linted;
  const places = slots.reduce((sum, { n }) => sum + n, 0);
  const roles = [...new Set(slots.flatMap(({ anyOf }) => anyOf))];
  const askers = askersOf(linted);
  return momentsOf(policy, roles, now).some((at) => {
    const voters = votersAt(policy, roles, at, places);
    return (askers ?? [null]).some((asker) =>
      fills(
        slots,
        voters.filter(({ person }) => person !== asker),
      ),
    );
  });
}

/** Everybody who could vote at a moment; of a group, as many as there are places. */
export function votersAt(
  policy: Policy,
  roles: readonly Role[],
  at: number,
  places: number,
): Voter[] {
  const rolesBy = new Map<string, Role[]>();
  for (const role of roles) {
    for (const member of membersAt(policy, role, at)) {
      rolesBy.set(member, [...(rolesBy.get(member) ?? []), role]);
    }
  }
  return [...rolesBy].flatMap(([member, held]): Voter[] =>
    isGroup(member)
      ? Array.from({ length: places }, (_, copy) => ({ person: `${member}/${copy}`, roles: held }))
      : [{ person: member, roles: held }],
  );
}

/** The people and groups that hold a role at a moment, each once. */
export function membersAt({ roles, oncall = {} }: Policy, role: Role, at: number): string[] {
  const members = ownOf(roles, role)?.members ?? [];
  return [
    ...new Set(
      members.flatMap((member) => {
        const rota = rotaOf(member, oncall);
        return rota === null ? [member] : onCallAt(rota, at);
      }),
    ),
  ];
}

/** The people and groups behind names such as `role:manager` at a moment, each once. */
export const namedAt = (policy: Policy, names: readonly string[], at: number): string[] => [
  ...new Set(
    names.flatMap((name) => {
      if (name.startsWith('role:')) return membersAt(policy, name.slice('role:'.length), at);
      const rota = rotaOf(name, policy.oncall ?? {});
      return rota === null ? [name] : onCallAt(rota, at);
    }),
  ),
];

const isGroup = (member: string): boolean => member.startsWith('group:');

/** The list that a member of a role stands for; null when it is a person or a group. */
function rotaOf(member: string, oncall: Readonly<Record<string, Rota>>): Rota | null {
  const [kind, name = ''] = member.split(':');
  return kind === 'oncall' ? (ownOf(oncall, name) ?? { shifts: [], weekly: null }) : null;
}

const ownOf = <T>(all: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined;

/** So many turns of a rotation are looked at: more than a year of them. */
const turnsAhead = 60;

/** The moments from which on other people may hold the roles: now, and each hand-over to come. */
export const momentsOf = (policy: Policy, roles: readonly Role[], now: number): number[] =>
  momentsOfNames(
    policy,
    roles.map((role) => `role:${role}`),
    now,
  );

/** The moments from which on other people may be behind names such as `role:manager` or `oncall:primary`. */
export function momentsOfNames(policy: Policy, names: readonly string[], now: number): number[] {
  const members = names.flatMap((name) =>
    name.startsWith('role:')
      ? (ownOf(policy.roles, name.slice('role:'.length))?.members ?? [])
      : [name],
  );
  const rotas = members.flatMap((member) => rotaOf(member, policy.oncall ?? {}) ?? []);
  const later = rotas.flatMap(({ shifts, weekly }) => [
    ...shifts.flatMap(({ from, to }) => [from, to]),
    ...(weekly ? turnsOf(weekly, now) : []),
  ]);
  return [...new Set([now, ...later.filter((at) => at > now)])];
}

function turnsOf(weekly: NonNullable<Rota['weekly']>, now: number): number[] {
  const week = 604_800_000;
  const current = Math.max(0, Math.floor((now - turnBegins(weekly, 0)) / week));
  return Array.from({ length: turnsAhead }, (_, ahead) => turnBegins(weekly, current + ahead));
}

/**
 * Who may ask for a change, as the file names them; null when that is anybody. A group or a list is no
 * person: leaving it out leaves nobody out.
 */
function askersOf(linted: Linted): string[] | null {
  const { policy } = linted;
  const roles = policy.grants
    .filter(({ allow }) => allow.some((pattern) => isForChange(pattern, linted)))
    .flatMap(rolesOf);
  const members = roles.flatMap((role) => ownOf(policy.roles, role)?.members ?? []);
  return !roles.includes('*') && members.length > 0 ? [...new Set(members)] : null;
}
