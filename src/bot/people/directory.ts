import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Directory, Role, Standing } from '../../core/person.ts';
import type { RoleMembers } from '../../core/policy.ts';
import type { Readiness } from '../../core/readiness.ts';
import { onCallAt, type Rota } from '../../core/rota.ts';
import { type Refused, refusedBy } from '../receiving/refused.ts';
import { createCopies } from './copies.ts';
import { createGroupNames } from './group-names.ts';

/** Who is who in Slack. */
export interface SlackDirectory extends Directory {
  /** The user ids of everybody who holds a role. @throws when Slack does not say. */
  members(role: Role): Promise<readonly string[]>;
  /** The user ids behind `user:U…`, `group:S…`, `oncall:NAME` or `role:NAME`. @throws when Slack does not say. */
  whoIs(member: string): Promise<readonly string[]>;
  /** Drops what is known of a person or a group, because Slack says that it changed. */
  forget(what: 'person' | 'group', id: string): void;
  /** Always ready, since reading goes on without it; says what was wrong with the last lookup. */
  ready(): Readiness;
}

/** What the directory needs. */
export interface DirectoryOptions {
  api: Pick<WebClient, 'users' | 'usergroups'>;
  /** The id of the workspace; people of any other team are refused. */
  team: string;
  /** Who holds which role: `user:U…`, `group:S…` and `oncall:NAME`. */
  roles(): Readonly<Record<Role, RoleMembers>>;
  /** The on-call lists by name; none when it is left out. */
  oncall?(): Readonly<Record<string, Rota>>;
  clock: Clock;
  log: Log;
  /** How long somebody waits for their first lookup before they count as unverified, in milliseconds. */
  patience?: number;
}

/** Asks who is in a group, by its id. */
type Asks = (group: string) => Promise<readonly string[]>;

/** How old an answer may be, in milliseconds, and which roles are wanted; all of them unless it is said. */
type Lookup = { maxAge?: number; roles?: readonly Role[] };

/** Half a minute is what an approval may rely on; ten minutes is what may be read by while Slack is down. */
const ages = { fresh: 30_000, stale: 600_000, patience: 400 };
/** Looks people and groups up in Slack, with copies, so that a slow Slack delays nobody twice. */
export function createDirectory({
  api,
  team,
  roles,
  oncall = () => ({}),
  clock,
  log,
  patience = 1_500,
}: DirectoryOptions): SlackDirectory {
  const people = createCopies({ ...ages, clock, ask: (id) => refusalOf(api, id, team) });
  const groups = createCopies({ ...ages, clock, ask: (id) => membersOf(api, id, log) });
  let trouble: string | null = null;

  const holders = async (member: string, group: Asks = groups.get): Promise<readonly string[]> => {
    const [kind, name = ''] = member.split(':');
    if (kind === 'oncall') {
      const now = onCallAt(listOf(oncall(), name), clock.now());
      return (await Promise.all(now.map((one) => holders(one, group)))).flat();
    }
    return kind === 'group' ? group(name) : [name];
  };
  const rolesOf = async (id: string, { maxAge, roles: asked }: Lookup): Promise<Role[]> => {
    const group = once((name) => groups.get(name, maxAge));
    const holds = async (member: string) => (await holders(member, group)).includes(id);
    const wanted = Object.entries(roles()).filter(([role]) => asked?.includes(role) ?? true);
    const held = await Promise.all(
      wanted.map(async ([role, { members }]) => {
        const found = await Promise.all(members.map(holds));
        return found.includes(true) ? [role] : [];
      }),
    );
    return held.flat();
  };
  const lookUp = async (id: string, how: Lookup): Promise<Standing> => {
    const [why, held] = await Promise.all([people.get(id, how.maxAge), rolesOf(id, how)]);
    return why ? { kind: 'refused', why } : { kind: 'member', person: { id, team, roles: held } };
  };
  const membersIn = async (role: Role) => {
    const members = roles()[role]?.members ?? [];
    return [...new Set((await Promise.all(members.map((one) => holders(one)))).flat())];
  };
  return {
    async standing(id, from, how) {
      if (from !== team) return { kind: 'refused', why: 'foreign' };
      try {
        const standing = await within(patience, () => lookUp(id, how ?? {}));
        trouble = null;
        return standing;
      } catch (error) {
        trouble = `Slack does not say who is who: ${messageOf(error)}`;
        return { kind: 'unverified', person: { id, team, roles: [] }, why: trouble };
      }
    },
    members: membersIn,
    whoIs: (member) =>
      member.startsWith('role:') ? membersIn(member.slice('role:'.length)) : holders(member),
    groupNames: createGroupNames(api, clock),
    forget: (what, id) => (what === 'person' ? people : groups).forget(id),
    ready: () => ({ ok: true, why: trouble }),
  };
}

/** However many roles name a group, one lookup asks about it once, also where it must be asked anew. */
function once(ask: Asks): Asks {
  const asked = new Map<string, Promise<readonly string[]>>();
  return (name) => {
    const found = asked.get(name) ?? ask(name);
    asked.set(name, found);
    return found;
  };
}

/** A list that is not there has nobody on call. */
const listOf = (lists: Readonly<Record<string, Rota>>, name: string): Rota =>
  (Object.hasOwn(lists, name) && lists[name]) || { shifts: [], weekly: null };

async function refusalOf(
  api: DirectoryOptions['api'],
  user: string,
  team: string,
): Promise<Refused | null> {
  try {
    return refusedBy((await api.users.info({ user })).user, team);
  } catch (error) {
    if (says(error, ['user_not_found', 'user_not_visible'])) return 'foreign';
    throw error;
  }
}

/** A group that is gone, and groups where the plan has none, have no members. */
async function membersOf(api: DirectoryOptions['api'], usergroup: string, log: Log) {
  try {
    const { users } = await api.usergroups.users.list({ usergroup });
    if (!users) throw new Error('Slack’s answer about a group cannot be read');
    return users;
  } catch (error) {
    if (!says(error, ['no_such_subteam', 'subteam_not_found', 'plan_upgrade_required']))
      throw error;
    log.warn({ group: usergroup, why: messageOf(error) }, 'A group of the configuration is empty');
    return [];
  }
}

const says = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof WebAPIPlatformError && codes.includes(error.data.error);
