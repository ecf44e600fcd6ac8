/** A name that the catalogue gives to a set of people, such as `oncall` or `manager`. */
export type Role = string;

/** A person as Gatehouse knows them. The identity is the pair of team and id, because Slack signs it. */
export interface Person {
  /** The Slack user id. */
  id: string;
  /** The Slack team the person belongs to. */
  team: string;
  roles: readonly Role[];
}

/** What the directory says of somebody who asks. */
export type Standing =
  | { kind: 'member'; person: Person }
  /** Roles could not be looked up; only the identity that Slack signed is known. */
  | { kind: 'unverified'; person: Person; why: string }
  | { kind: 'refused'; why: RefusedFor };

/** Why Gatehouse answers somebody nothing. */
export type RefusedFor =
  | 'guest'
  | 'bot'
  | 'foreign'
  | 'deactivated'
  | 'suspended'
  | 'second-account';

/** Who is who. The bot implements it on Slack's users and user groups. */
export interface Directory {
  /**
   * With `maxAge`, in milliseconds, nothing older than that is answered: 0 asks anew, and whoever
   * cannot be looked up in time is `unverified`. Without it an older copy may do while Slack is slow.
   * With `roles`, only these are looked up, since Slack answers few questions about groups a minute;
   * any other counts as not held.
   */
  standing(
    id: string,
    team: string,
    options?: { maxAge: number; roles?: readonly Role[] },
  ): Promise<Standing>;
  /** The user ids of everybody who holds a role. @throws when Slack does not say. */
  members?(role: Role): Promise<readonly string[]>;
  /** What people call the user groups, such as `@oncall`, by id; empty when Slack does not say. */
  groupNames?(): Promise<ReadonlyMap<string, string>>;
}
