import type { AuditRecord } from '../../core/audit.ts';
import type { Person } from '../../core/person.ts';
import type { IncidentLife } from '../../incidents/incident-life.ts';
import { readOrSay } from '../read-or-say.ts';
import { isOpenTo } from './may-see-incident.ts';

/** Whoever asks, and where incidents are found; without that every record of one about security is withheld. */
interface Reading {
  person: Person;
  incidents?: Pick<IncidentLife, 'find'>;
}

/**
 * The records as somebody may read them: what is about security says that there was a change, when and by whom,
 * and nothing of what it says, to whoever does not work on it. The chain itself has all of it.
 */
export async function withholdRecords(
  records: readonly AuditRecord[],
  { person, incidents }: Reading,
): Promise<AuditRecord[]> {
  const ids = new Set(records.map(({ subject }) => subject).filter(isIncident));
  const shut = new Set<string>();
  for (const id of ids) {
    const found = incidents && (await readOrSay(() => incidents.find(id)));
    const open = found ? isOpenTo(found, person) : !records.some(isSecret(id));
    if (!open) shut.add(id);
  }
  return records.map((one) => (shut.has(one.subject) ? { ...one, facts: withheld } : one));
}

const withheld = { withheld: 'it is about security' } as const;

const isIncident = (subject: string): boolean => /^INC-\d+$/.test(subject);

const isSecret =
  (id: string) =>
  ({ subject, facts }: AuditRecord): boolean =>
    subject === id && facts.security !== false;
