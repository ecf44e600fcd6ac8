import { messageOf } from '../core/errors.ts';
import type { Contact } from '../core/incident-rules.ts';
import type { Directory } from '../core/person.ts';

/** Who is who, as far as contacts name them. */
export interface ContactDirectory extends Pick<Directory, 'standing'> {
  /** The user ids behind `user:U…`, `group:S…`, `oncall:NAME` or `role:NAME`. @throws when Slack does not say. */
  whoIs(member: string): Promise<readonly string[]>;
}

/** What was found out about one that a contact names. */
export interface ContactLooked {
  contact: string;
  /** `user:U…`, `group:S…`, `oncall:NAME` or `role:NAME`. */
  who: string;
  /** Why nobody can be called there; null when somebody can. */
  why: string | null;
  /** Whether nobody knows, because Slack did not say. */
  unclear: boolean;
}

/** Looks at everybody whom contacts name: whether Slack knows them, and whether there is anybody in a group. */
export const lookAtContacts = (
  contacts: readonly Contact[],
  directory: ContactDirectory,
  team: string,
): Promise<ContactLooked[]> =>
  Promise.all(
    contacts.flatMap(({ name, who }) =>
      who.map(async (one) => ({ contact: name, who: one, ...(await look(one, directory, team)) })),
    ),
  );

async function look(who: string, directory: ContactDirectory, team: string) {
  try {
    if (who.startsWith('user:')) return await lookAtPerson(who.slice(5), directory, team);
    const people = await directory.whoIs(who);
    const nobody = who.startsWith('oncall:') ? 'nobody is on call now' : 'nobody is in it';
    return { why: people.length > 0 ? null : nobody, unclear: false };
  } catch (error) {
    return { why: messageOf(error), unclear: true };
  }
}

async function lookAtPerson(id: string, directory: ContactDirectory, team: string) {
  const standing = await directory.standing(id, team);
  if (standing.kind === 'unverified') return { why: standing.why, unclear: true };
  const why = standing.kind === 'refused' ? reasons[standing.why] : null;
  return { why, unclear: false };
}

const reasons = {
  guest: 'is a guest, whom Gatehouse does not answer',
  bot: 'is a bot',
  foreign: 'is nobody in this workspace',
  deactivated: 'is deactivated',
  suspended: 'is suspended',
  'second-account': 'is a second account',
} as const;

/**
 * A sentence for every person and group whom contacts name and Slack does not know. With any of them Gatehouse
 * must not start: the ladder would lead to nobody when somebody is needed. What Slack does not say now is no
 * mistake, nor is a list that has nobody on call at this moment, which is said when it matters.
 */
export async function unknownContacts(
  contacts: readonly Contact[],
  directory: ContactDirectory,
  team: string,
): Promise<string[]> {
  const all = await lookAtContacts(contacts, directory, team);
  return all
    .filter(({ who, why, unclear }) => why !== null && !unclear && /^(?:user|group):/.test(who))
    .map(
      ({ contact, who, why }) =>
        `incidents.contacts.${contact}.who: ${who} ${who.startsWith('user:') ? why : `is no group with anybody in it`}; name somebody else, or remove it.`,
    );
}
