import type { AuditEntry } from '../core/audit.ts';
import type { Incident } from '../core/incident.ts';
import type { Incidents } from '../core/incidents.ts';
import type { Redactor } from '../core/redactor.ts';

type Cleaner = Pick<Redactor, 'redactAll'>;

/**
 * Incidents that are written down without the secrets that people and targets may have put into their words:
 * what is on the timeline once can never be taken out again. Whatever an incident is given to keep is looked
 * through, but for what it is found by and the rules, which are the configuration's.
 */
export const incidentsWithoutSecrets = (incidents: Incidents, cleaner: Cleaner): Incidents => ({
  ...incidents,
  declare: (incident, origin, audit, ...more) =>
    incidents.declare(clean(incident, cleaner), origin, cleanEntry(audit, cleaner), ...more),
  transition: (change) =>
    incidents.transition({
      ...change,
      after: clean(change.after, cleaner),
      audit: cleanEntry(change.audit, cleaner),
    }),
});

function clean(incident: Incident, { redactAll }: Cleaner): Incident {
  const { rules, ...words } = incident;
  const { id, number, target, declaredBy, declaredIn, channel, changes } = incident;
  const cleaned = redactAll(words);
  return {
    ...cleaned,
    ...{ id, number, rules, target, declaredBy, declaredIn, changes },
    channel: channel && { ...channel, lost: cleaned.channel?.lost ?? null },
  };
}

const cleanEntry = (entry: AuditEntry, { redactAll }: Cleaner): AuditEntry => ({
  ...entry,
  facts: redactAll(entry.facts),
});
