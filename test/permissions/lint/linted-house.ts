import { defaultApprovals } from '../../../src/core/default-approvals.ts';
import type { GrantRule, Policy } from '../../../src/core/policy.ts';
import type { Linted } from '../../../src/permissions/lint/linted.ts';

/** A rule of the grants; what is left out says nothing. */
export const rule = (part: Partial<GrantRule>): GrantRule => ({
  role: 'oncall',
  allow: [],
  deny: [],
  env: ['*'],
  ...part,
});

/** People enough for the usual approvals. */
export const full = {
  oncall: ['user:U1'],
  manager: ['user:U2', 'user:U3'],
  security: ['user:U4'],
};

/** Who holds which role. */
export const rolesOf = (roles: Record<string, string[]>): Policy['roles'] =>
  Object.fromEntries(Object.entries(roles).map(([role, members]) => [role, { members }]));

/** A house whose policy there is nothing to say against, but for what is changed. */
export function linted(
  change: Partial<Linted> & { roles?: Record<string, string[]> } = {},
): Linted {
  const { roles = full, ...rest } = change;
  const service = (name: string, ...envs: string[]) => ({
    name,
    title: name,
    runbook: '000',
    owners: [],
    aliases: [],
    environments: envs.map((env) => ({ name: env, production: env === 'prod', drivers: {} })),
  });
  return {
    approvals: defaultApprovals,
    policy: { roles: rolesOf(roles), grants: [rule({ allow: ['risk:high'] })] },
    catalogue: {
      defaultEnv: null,
      services: [service('rms-auth', 'prod'), service('rust-auth', 'staging', 'prod')],
    },
    commands: [
      { name: 'status', risk: 'read', aim: 'optional' },
      { name: 'logs', risk: 'read-sensitive', aim: 'one' },
      { name: 'audit', risk: 'read-sensitive', aim: 'none' },
      { name: 'restart', risk: 'high', aim: 'one' },
      { name: 'revoke', risk: 'destructive', aim: 'one' },
    ],
    now: Date.parse('2026-11-22T12:00:00Z'),
    unenforced: [],
    ...rest,
  };
}
