import { messageOf } from '../../core/errors.ts';
import type { Contact } from '../../core/incident-rules.ts';
import type { Directory } from '../../core/person.ts';

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
  /** Whether it was right once: somebody who has left since is told of, and is no reason not to start. */
  left: boolean;
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
    return { why: people.length > 0 ? null : nobody, unclear: false, left: people.length === 0 };
  } catch (error) {
    return { why: messageOf(error), unclear: true, left: false };
  }
}

async function lookAtPerson(id: string, directory: ContactDirectory, team: string) {
  const standing = await directory.standing(id, team);
  if (standing.kind === 'unverified') return { why: standing.why, unclear: true, left: false };
  if (standing.kind === 'member') return { why: null, unclear: false, left: false };
  const left = standing.why === 'deactivated' || standing.why === 'suspended';
  return { why: reasons[standing.why], unclear: false, left };
}

const reasons = {
  guest: 'is a guest, whom Gatehouse does not answer',
  bot: 'is a bot',
  foreign: 'is nobody in this workspace',
  deactivated: 'is deactivated',
  suspended: 'is suspended',
  'second-account': 'is a second account',
} as const;

/** What is wrong with the ladder, as far as Slack says it now. */
export interface LadderCheck {
  /** A sentence for every person whom Slack does not know: with any of them Gatehouse must not start. */
  unknown: string[];
  /** The same for people who have left since, and for empty groups: Gatehouse goes on, and somebody is told. */
  left: string[];
  /** Whether Slack has said all of it. */
  clear: boolean;
}

/**
 * Looks at everybody whom contacts name: a ladder that leads to nobody would only be noticed when somebody is
 * needed. A list that has nobody on call at this moment is no mistake; that is said when it matters.
 */
export async function checkLadder(
  contacts: readonly Contact[],
  directory: ContactDirectory,
  team: string,
): Promise<LadderCheck> {
  const all = await lookAtContacts(contacts, directory, team);
  const wrong = all.filter(
    ({ who, why, unclear }) => why !== null && !unclear && /^(?:user|group):/.test(who),
  );
  return {
    unknown: wrong.filter(({ left }) => !left).map(sentence),
    left: wrong.filter(({ left }) => left).map(sentence),
    clear: all.every(({ unclear }) => !unclear),
  };
}

const sentence = ({ contact, who, why }: ContactLooked): string =>
  `incidents.contacts.${contact}.who: ${who} ${who.startsWith('user:') ? why : 'is no group with anybody in it'}; name somebody else, or remove it.`;
