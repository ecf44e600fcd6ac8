import type { Incident } from '../core/incident.ts';

/** Somebody who wants to do something, with the roles of the configuration that they hold. */
export interface Doer {
  /** A Slack user id. */
  id: string;
  holds: readonly string[];
}

/** What of an incident says who may read it. */
export type ReadableIncident = Pick<
  Incident,
  'security' | 'declaredBy' | 'roles' | 'escalations' | 'acknowledged' | 'review' | 'rules'
>;

/** Whether somebody may read what an incident is about: one about security is for those who work on it. */
export function mayReadIncident(incident: ReadableIncident, { id, holds }: Doer): boolean {
  if (!incident.security) return true;
  const { declaredBy, roles, escalations, acknowledged, review, rules } = incident;
  const working = [
    declaredBy.id,
    acknowledged?.by,
    review?.owner,
    ...Object.values(roles).map(({ by }) => by),
    ...escalations.flatMap(({ people }) => people),
  ];
  const answering = [...rules.roles.security, ...rules.roles.managers];
  return working.includes(id) || answering.some((role) => holds.includes(role));
}
