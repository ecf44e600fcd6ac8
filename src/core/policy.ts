import type { Role } from './person.ts';

/** Who may use what, as the configuration file says it. Default deny; a denial wins over everything. */
export interface Policy {
  /** Members are `user:U…` and `group:S…`. */
  roles: Readonly<Record<Role, { members: readonly string[] }>>;
  grants: readonly GrantRule[];
}

/** One line of the policy. */
export interface GrantRule {
  /** The roles it is for; `*` is every member of the workspace. */
  role: readonly Role[];
  /** Commands by name, `risk:read` and the like, or `*`. */
  allow: readonly string[];
  deny: readonly string[];
  /** Environments; `*` is all of them. */
  env: readonly string[];
}
