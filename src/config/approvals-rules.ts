import type { ConfigFile } from './file-schema.ts';
import { environmentsOf } from './known-names.ts';
import { setsOf } from './read-approvals.ts';
import type { RuleBreak } from './rule-break.ts';
import { unknownAmong } from './unknown-among.ts';

/** Whatever the approvals, the on-call lists or the kill switch name that there is not. */
export const brokenApprovals = (
  file: ConfigFile,
  actions: readonly string[] | null,
): RuleBreak[] => [
  ...unknownSets(file),
  ...unknownRoles(file),
  ...unknownPlaces(file),
  ...unknownSubjects(file, actions),
  ...unknownInWindows(file, actions),
  ...unknownLists(file),
];

function unknownSets({ approvals }: ConfigFile): RuleBreak[] {
  const inEnvs = Object.entries(approvals.environments).flatMap(([env, { windows: _, ...names }]) =>
    Object.entries(names).flatMap(([risk, name]) =>
      name === undefined ? [] : [{ path: ['approvals', 'environments', env, risk], name }],
    ),
  );
  const inRules = approvals.rules.map(({ approval }, index) => ({
    path: ['approvals', 'rules', index, 'approval'],
    name: approval,
  }));
  return unknownAmong('approval set', Object.keys(setsOf(approvals)), [...inEnvs, ...inRules]);
}

function unknownRoles({ approvals, roles, kill_switch }: ConfigFile): RuleBreak[] {
  const inSets = Object.entries(approvals.sets).flatMap(([set, { slots }]) =>
    slots.flatMap(({ any_of }, index) =>
      any_of.map((name) => ({ path: ['approvals', 'sets', set, 'slots', index, 'any_of'], name })),
    ),
  );
  const inRules = approvals.rules.flatMap(({ role = [] }, index) =>
    role.map((name) => ({ path: ['approvals', 'rules', index, 'role'], name })),
  );
  const lifting = (kill_switch?.lifted_by ?? []).map((name) => ({
    path: ['kill_switch', 'lifted_by'],
    name,
  }));
  const told = toldOf(approvals, 'role:');
  return unknownAmong('role', Object.keys(roles), [...inSets, ...inRules, ...lifting, ...told]);
}

function unknownPlaces(file: ConfigFile): RuleBreak[] {
  const { environments, lax } = file.approvals;
  const known = ['production', 'elsewhere', ...environmentsOf(file)];
  const named = [
    ...Object.keys(environments).map((name) => ({
      path: ['approvals', 'environments', name],
      name,
    })),
    ...lax.map(({ env }, index) => ({ path: ['approvals', 'lax', index, 'env'], name: env })),
  ];
  return unknownAmong('environment', known, named);
}

/** What has hours in which it may be done. */
function unknownInWindows(
  { approvals: { environments } }: ConfigFile,
  actions: readonly string[] | null,
): RuleBreak[] {
  const named = Object.entries(environments).flatMap(([env, { windows }]) =>
    Object.keys(windows).map((name) => ({
      path: ['approvals', 'environments', env, 'windows', name],
      name,
    })),
  );
  return actions === null ? [] : unknownAmong('action', actions, named);
}

/** What rules and escalators are about. */
function unknownSubjects(file: ConfigFile, actions: readonly string[] | null): RuleBreak[] {
  const known = { action: actions, service: Object.keys(file.services), env: environmentsOf(file) };
  const what = { action: 'action', service: 'service', env: 'environment' };
  return (['rules', 'escalators'] as const).flatMap((section) =>
    (['action', 'service', 'env'] as const).flatMap((key) => {
      const named = file.approvals[section].flatMap((one, index) =>
        (one[key] ?? []).map((name) => ({ path: ['approvals', section, index, key], name })),
      );
      const all = known[key];
      return all === null ? [] : unknownAmong(what[key], all, named);
    }),
  );
}

/** The names of a kind that sets escalate to. */
const toldOf = ({ sets }: ConfigFile['approvals'], kind: 'role:' | 'oncall:') =>
  Object.entries(sets).flatMap(([set, { escalate }]) =>
    (escalate?.to ?? [])
      .filter((name) => name.startsWith(kind))
      .map((name) => ({
        path: ['approvals', 'sets', set, 'escalate', 'to'],
        name: name.slice(kind.length),
      })),
  );

/** The on-call lists that roles and escalations name. */
function unknownLists({ roles, oncall, approvals }: ConfigFile): RuleBreak[] {
  const named = Object.entries(roles).flatMap(([role, { members }]) =>
    members.flatMap((member, index) =>
      member.startsWith('oncall:')
        ? [{ path: ['roles', role, 'members', index], name: member.slice('oncall:'.length) }]
        : [],
    ),
  );
  const told = toldOf(approvals, 'oncall:');
  return unknownAmong('on-call list', Object.keys(oncall), [...named, ...told]);
}
