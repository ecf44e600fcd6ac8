import type { AuditRecord } from '../../core/audit.ts';
import type { Person } from '../../core/person.ts';
import type { Run } from '../../core/run.ts';
import type { IncidentLife } from '../../incidents/incident-life.ts';
import { readOrSay } from '../read-or-say.ts';
import { isOpenTo } from './may-see-incident.ts';

/** What stands in place of what people wrote about something restricted. */
const restricted = 'it is part of something restricted; who works on that can read why';

/** What of a run says why it is asked for, or why not. */
export type Worded = Pick<Run, 'reason' | 'why' | 'state'>;

/** A run as those read it who do not work on its incident: what is done, and nothing of what people wrote about it. */
export const withoutWords = <One extends Worded>(run: One): One => ({
  ...run,
  reason: restricted,
  ...(run.state === 'denied' && { why: restricted }),
});

/** What a record of a run says in words that somebody wrote. */
const words = ['reason', 'why', 'note'];

/** The same of what one of its records says. */
export const recordWithoutWords = (record: AuditRecord): AuditRecord => ({
  ...record,
  facts: Object.fromEntries(
    Object.entries(record.facts).map(([name, value]) => [
      name,
      words.includes(name) && typeof value === 'string' ? restricted : value,
    ]),
  ),
});

/**
 * Whether somebody may read what people wrote about a run: when it is part of an incident about security, whoever
 * asked for it and those who work on that. Where nobody can be asked about the incident, nobody else.
 */
export async function mayReadWords(
  { incident, requestedBy }: Pick<Run, 'incident' | 'requestedBy'>,
  person: Person,
  incidents: Pick<IncidentLife, 'find'> | undefined,
): Promise<boolean> {
  if (incident === undefined || requestedBy.id === person.id) return true;
  const found = incidents && (await readOrSay(() => incidents.find(incident)));
  return found ? isOpenTo(found, person) : false;
}
