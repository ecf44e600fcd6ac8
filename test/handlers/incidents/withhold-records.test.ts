import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/core/audit.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { withholdRecords } from '../../../src/handlers/incidents/withhold-records.ts';
import { someIncident } from '../../support/some-incident.ts';

const secret = someIncident(7, { security: true });
const written = 'the attacker reads Redis';

const record = (id: number, subject: string, facts: AuditRecord['facts']): AuditRecord => ({
  ...{ id, subject, facts, version: id, at: 0, hash: '' },
  ...{ event: 'run.requested', actor: 'user:T1/U1' },
});
const ofIncident = record(1, 'INC-7', { security: true, title: written });
const asked = record(2, 'R7', { incident: 'INC-7', action: 'restart', reason: written });
const denied = record(3, 'R7', { incident: 'INC-7', why: written, note: written, steps: 2 });
const other = record(4, 'R8', { incident: 'INC-8', reason: 'a memory leak' });

/** What that person reads of the records, where these incidents are found. */
async function readBy(
  roles: string[],
  records: readonly AuditRecord[],
  found: readonly Incident[] | null = [secret, someIncident(8)],
) {
  const find = async (id: string) => found?.find((one) => one.id === id) ?? null;
  const person = { id: 'U9', team: 'T1', roles };
  return withholdRecords(records, { person, ...(found && { incidents: { find } }) });
}

describe('of what is about security', () => {
  test('whoever works on that reads all of it', async () => {
    const all = [ofIncident, asked, denied];
    expect(await readBy(['manager'], all)).toEqual(all);
  });

  test('others read that there was a change, and of its runs everything but what people wrote', async () => {
    const read = await readBy(['auditor'], [ofIncident, asked, denied, other]);
    expect(JSON.stringify(read)).not.toContain('attacker');
    expect(read.map(({ id, actor }) => [id, actor])).toEqual(
      [1, 2, 3, 4].map((id) => [id, 'user:T1/U1']),
    );
    expect(read[1]?.facts).toMatchObject({ action: 'restart', incident: 'INC-7' });
    expect(read[2]?.facts).toMatchObject({ steps: 2 });
    expect(read[3]).toEqual(other);
  });

  test('nobody reads it while nobody can be asked about the incident', async () => {
    expect(JSON.stringify(await readBy(['manager'], [asked], null))).not.toContain('attacker');
    expect(JSON.stringify(await readBy(['manager'], [asked], []))).not.toContain('attacker');
  });
});
