import type { AuditRecord } from '../../core/audit.ts';
import type { Person } from '../../core/person.ts';
import type { IncidentLife } from '../../incidents/incident-life.ts';
import { readOrSay } from '../read-or-say.ts';
import { isOpenTo } from './may-see-incident.ts';
import { recordWithoutWords } from './withhold-run.ts';

/** Whoever asks, and where incidents are found; without that every record of one about security is withheld. */
interface Reading {
  person: Person;
  incidents?: Pick<IncidentLife, 'find'>;
}

/**
 * The records as somebody may read them: what is about security says that there was a change, when and by whom,
 * and nothing of what it says, to whoever does not work on it; of its runs they read everything but the words that
 * somebody wrote. The chain itself has all of it.
 */
export async function withholdRecords(
  records: readonly AuditRecord[],
  { person, incidents }: Reading,
): Promise<AuditRecord[]> {
  const ids = new Set(records.map(incidentIn).filter((id) => id !== null));
  const shut = new Set<string>();
  for (const id of ids) {
    const found = incidents && (await readOrSay(() => incidents.find(id)));
    const open = found ? isOpenTo(found, person) : isOpenByItself(records, id);
    if (!open) shut.add(id);
  }
  return records.map((one) => {
    if (shut.has(one.subject)) return { ...one, facts: withheld };
    return shut.has(incidentIn(one) ?? '') ? recordWithoutWords(one) : one;
  });
}

/** The incident that it is a record of, or that its run is part of. */
const incidentIn = ({ subject, facts }: AuditRecord): string | null => {
  if (isIncident(subject)) return subject;
  return typeof facts.incident === 'string' ? facts.incident : null;
};

/** Whether its own records say that it is not about security. */
const isOpenByItself = (records: readonly AuditRecord[], id: string): boolean =>
  records.some(({ subject }) => subject === id) && !records.some(isSecret(id));

const withheld = { withheld: 'it is about security' } as const;

const isIncident = (subject: string): boolean => /^INC-\d+$/.test(subject);

const isSecret =
  (id: string) =>
  ({ subject, facts }: AuditRecord): boolean =>
    subject === id && facts.security !== false;
