import type { IncidentDeed } from '../../core/incident-command.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import type { Actor } from '../../incidents/incident-life.ts';
import { didMessage } from '../../views/incidents/incident-answer.ts';
import { incidentRefusalMessage } from '../../views/incidents/incident-refusal.ts';
import type { Asking } from '../command.ts';
import type { IncidentTools } from './incident-tools.ts';

type Asks = Omit<Asking, 'catalogue'>;

/** Does something to an incident for the person, and tells them what came of it. */
export async function doDeed(
  id: string,
  deed: IncidentDeed,
  did: string,
  asking: Asks,
  { life }: Pick<IncidentTools, 'life'>,
): Promise<void> {
  const done = await life.do(id, deed, actorIn(asking));
  if (!done.ok) return refuseIncident(done.error, asking);
  const askedIn = asking.place?.channel ?? null;
  await asking.show(didMessage, { did, incident: done.value, askedIn });
}

/** Who does it, with the roles that are known now. */
export const actorIn = ({ person, unverified }: Pick<Asks, 'person' | 'unverified'>): Actor => ({
  id: person.id,
  team: person.team,
  holds: person.roles,
  unverified,
});

/** Says why nothing was done to an incident. */
export const refuseIncident = (
  refusal: IncidentRefusal,
  { show }: Pick<Asks, 'show'>,
): Promise<void> => show(incidentRefusalMessage, refusal);
