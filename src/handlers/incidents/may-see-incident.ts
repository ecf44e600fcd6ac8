import type { Incident } from '../../core/incident.ts';
import { mayReadIncident } from '../../permissions/may-read-incident.ts';
import type { Asking } from '../command.ts';
import { refuseIncident } from './do-deed.ts';

/** Whether the person may read what an incident is about: one about security is for those who work on it. */
export const isOpenTo = (incident: Incident, { id, roles }: Asking['person']): boolean =>
  mayReadIncident(incident, { id, holds: roles });

/** @returns whether the person may read it; when not, they were told who could. */
export async function maySeeIncident(
  incident: Incident,
  asking: Pick<Asking, 'person' | 'show'>,
): Promise<boolean> {
  if (isOpenTo(incident, asking.person)) return true;
  const { security, managers } = incident.rules.roles;
  const what = `to see what ${incident.id} is about`;
  const holders = [...new Set([...security, ...managers])];
  const plea = { id: incident.id, version: incident.version, wish: 'join' };
  await refuseIncident({ kind: 'may-not', what, roles: [], holders, plea }, asking);
  return false;
}

/** The incident as somebody may know of it: one that they may not read says nothing but that it exists. */
export const seenBy = (incident: Incident, person: Asking['person']): Incident =>
  isOpenTo(incident, person) ? incident : { ...incident, title: 'Restricted', target: null };
