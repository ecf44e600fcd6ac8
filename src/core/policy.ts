import type { Role } from './person.ts';
import type { Rota } from './rota.ts';

/** Who may do what: the roles of the configuration file and its grants. Whatever no rule allows is refused. */
export interface Policy {
  roles: Readonly<Record<Role, RoleMembers>>;
  grants: readonly GrantRule[];
  /** The on-call lists by name: a role may have one of them as a member. */
  oncall?: Readonly<Record<string, Rota>>;
  /** The roles whose word lets changes go on after they were stopped; left out: {@link liftingRoles}. */
  lifting?: readonly Role[];
}

/** Who lets changes go on, two people together, when the file does not say. */
export const liftingRoles: readonly Role[] = ['manager', 'security'];

/** Who holds a role, as the configuration file names them: people, user groups and on-call lists. */
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
  /** The services it is about; `*` and nothing are all of them. */
  service?: readonly string[];
  /** The channels in which alone it counts, for what it allows; without it, everywhere. */
  channels?: readonly string[];
}

/** Where a command is used: on what, and asked for in which channel. Null: on nothing, or nobody knows. */
export interface Whereabouts {
  service: string | null;
  env: string | null;
  channel: string | null;
}

/** Why somebody may: the rule that allows it. */
export interface Grant {
  /** Its place in the file, from 1. */
  rule: number;
  /** The role that the rule names and the person holds; `*` for everybody. */
  role: Role;
  pattern: string;
}

/** Why somebody may not: a rule forbids it, or none allows it, or none does here. */
export type Denial =
  | { why: 'denied'; rule: number; role: Role; pattern: string }
  /** A rule allows it, but only when it is asked for in one of these channels. */
  | { why: 'elsewhere'; rule: number; role: Role; channels: readonly string[] }
  | { why: 'no-rule' };

/** What a file says that says nothing: plain reading is free for every member. */
export const defaultPolicy: Policy = {
  roles: {},
  grants: [{ role: '*', allow: ['risk:read'], deny: [], env: ['*'] }],
};
