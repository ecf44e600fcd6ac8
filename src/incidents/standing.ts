import type { AuditEntry } from '../core/audit.ts';
import { type Incident, isOpen } from '../core/incident.ts';

/**
 * How an incident stands after a change. Every record says it, so that a notice can be drawn from its record
 * alone and never changes.
 */
export const standing = (incident: Incident): AuditEntry['facts'] => ({
  title: incident.title,
  state: incident.state,
  severity: incident.severity,
  provisional: incident.provisional,
  security: incident.security,
  commander: incident.roles.commander?.by ?? null,
  communications: incident.roles.communications?.by ?? null,
  acknowledged: incident.acknowledged?.by ?? null,
  channel: incident.channel?.id ?? null,
  /** When the next update comes. */
  next: isOpen(incident.state) ? incident.updates.next : null,
  every: incident.updates.every,
});
