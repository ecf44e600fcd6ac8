import type { PersonGone } from '../core/incident-command.ts';
import type { Directory } from '../core/person.ts';

/** How old the copy may be by which somebody is still there, in milliseconds. */
const maxAge = 600_000;

/**
 * Says whether somebody can do nothing any more. Who is suspended is read each time; whether Slack still has their
 * account may be known from a while ago, and while it does not say, they are there.
 */
export const goneFrom =
  (directory: Pick<Directory, 'standing'>) =>
  async ({ id, team }: { id: string; team: string }): Promise<PersonGone | null> => {
    const standing = await directory.standing(id, team, { maxAge, roles: [] });
    if (standing.kind !== 'refused') return null;
    return standing.why === 'suspended' || standing.why === 'deactivated' ? standing.why : null;
  };
