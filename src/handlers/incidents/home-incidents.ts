import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Person } from '../../core/person.ts';
import { mayReadIncident } from '../../permissions/may-read-incident.ts';
import type { HomeIncidents } from '../../views/incidents/home-incidents.ts';
import type { IncidentTools } from './incident-tools.ts';
import { openStates } from './open-states.ts';

/** How long the Home tab waits for the database and for Slack, in milliseconds: what it is opened for needs neither. */
const patience = 400;

/** The open incidents and who is on call; null when the incidents cannot be read. */
export async function incidentsFor(
  person: Person,
  { life, reach, rulesFor }: Pick<IncidentTools, 'life' | 'reach' | 'rulesFor'>,
  log: Log,
): Promise<HomeIncidents | null> {
  const calling = within(patience, () => reach(rulesFor(null))).catch(() => null);
  try {
    const open = await within(patience, () => life.list({ states: openStates, limit: 200 }));
    const mayRead = { id: person.id, holds: person.roles };
    const shown = open.filter((one) => mayReadIncident(one, mayRead));
    return { me: person.id, open: shown, onCall: await calling };
  } catch (error) {
    log.warn({ why: messageOf(error) }, 'the Home tab could not show the incidents');
    return null;
  }
}
