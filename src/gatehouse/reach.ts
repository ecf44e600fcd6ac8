import type { SlackDirectory } from '../bot/people/directory.ts';
import { within } from '../core/deadline.ts';
import { messageOf } from '../core/errors.ts';
import type { IncidentRules } from '../core/incident-rules.ts';
import type { Log } from '../core/log.ts';
import type { Reach, Reached } from '../incidents/decision.ts';

/** How long a lookup of one contact may take, in milliseconds: whoever calls for help does not wait for Slack. */
const patience = 1_500;

/**
 * Says who can be called now under each name of a ladder. While Slack does not say who is in a group, those of
 * the last look are called: rather somebody who has left the group than nobody.
 */
export function createReach(directory: Pick<SlackDirectory, 'whoIs'>, log: Log) {
  const known = new Map<string, readonly string[]>();
  const find = async (member: string): Promise<readonly string[]> => {
    try {
      const found = await within(patience, () => directory.whoIs(member));
      if (found.length > 0) known.set(member, found);
      return found;
    } catch (error) {
      log.warn({ contact: member, why: messageOf(error) }, 'Slack does not say who a contact is');
      const last = known.get(member);
      if (last) return last;
      throw error;
    }
  };
  return async (rules: IncidentRules): Promise<Reach> => {
    const all = await Promise.all(
      rules.contacts.map(async ({ name, who }) => [name, await reached(who, find)] as const),
    );
    return Object.fromEntries(all);
  };
}

async function reached(
  who: readonly string[],
  find: (member: string) => Promise<readonly string[]>,
): Promise<Reached> {
  const found = await Promise.allSettled(who.map(find));
  const all = found.flatMap((one, index) =>
    one.status === 'fulfilled' ? one.value.map((id) => ({ id, under: who[index] ?? '' })) : [],
  );
  const people = [...new Set(all.map(({ id }) => id))];
  const oncall = whoIsOn(who, all);
  if (people.length > 0) return { people, why: null, ...(oncall && { oncall }) };
  const failed = found.find((one) => one.status === 'rejected');
  if (who.length === 0) return { people, why: 'nobody is configured for it' };
  return { people, why: failed ? messageOf(failed.reason) : `nobody is ${who.join(' or ')} now` };
}

const isList = (member: string): boolean => member.startsWith('oncall:');

/** Of these whoever the on-call lists name; null where no list is named. */
function whoIsOn(
  who: readonly string[],
  found: readonly { id: string; under: string }[],
): string[] | null {
  if (!who.some(isList)) return null;
  return [...new Set(found.filter(({ under }) => isList(under)).map(({ id }) => id))];
}
