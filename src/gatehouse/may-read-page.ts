import type { Config } from '../config/config.ts';
import { within } from '../core/deadline.ts';
import type { Incident } from '../core/incident.ts';
import type { Directory, Standing } from '../core/person.ts';
import { mayReadIncident } from '../permissions/may-read-incident.ts';

/** What tells who somebody is now. */
export interface PageReading {
  config: Pick<Config, 'team'>;
  directory: Pick<Directory, 'standing'>;
}

/** How old a copy of somebody's roles may be, and how long Slack may take, in milliseconds. */
const lookUp = { maxAge: 30_000, patience: 2_000 };

/**
 * Whether somebody who has a link to a page may read it now: who was deactivated or suspended since reads nothing
 * any more, and what is about security is for those who work on it. While nobody says who they are they read what
 * everybody may, and of what is about security only that in which they are named.
 */
export async function mayReadPage(
  { config: { team }, directory }: PageReading,
  person: string,
  incident: Incident,
): Promise<boolean> {
  const { maxAge, patience } = lookUp;
  const standing = await within(patience, () => directory.standing(person, team, { maxAge })).catch(
    (): Standing['kind'] => 'unverified',
  );
  if (typeof standing === 'string') return mayReadIncident(incident, { id: person, holds: [] });
  if (standing.kind === 'refused') return false;
  return mayReadIncident(incident, { id: person, holds: standing.person.roles });
}
