import type { Role } from './person.ts';

/** Who may do what: the roles of the configuration file and its grants. Whatever no rule allows is refused. */
export interface Policy {
  roles: Readonly<Record<Role, RoleMembers>>;
  grants: readonly GrantRule[];
}

/** Who holds a role, as the configuration file names them: people and user groups. */
export interface RoleMembers {
  members: readonly string[];
}

/**
 * One rule of the configuration file. A pattern is the name of a command, `risk:` and a risk, or `*`.
 * A deny wins over every allow, wherever it stands.
 */
export interface GrantRule {
  /** Whom it is about; `*` is every member. */
  role: Role | readonly Role[];
  allow: readonly string[];
  deny: readonly string[];
  /** The environments it is about; `*` is all of them. */
  env: readonly string[];
}

/** Why somebody may: the rule that allows it. */
export interface Grant {
  /** Its place in the file, from 1. */
  rule: number;
  /** The role that the rule names and the person holds; `*` for everybody. */
  role: Role;
  pattern: string;
}

/** Why somebody may not: a rule forbids it, or none allows it. */
export type Denial =
  | { why: 'denied'; rule: number; role: Role; pattern: string }
  | { why: 'no-rule' };

/** What a file says that says nothing: plain reading is free for every member. */
export const defaultPolicy: Policy = {
  roles: {},
  grants: [{ role: '*', allow: ['risk:read'], deny: [], env: ['*'] }],
};
