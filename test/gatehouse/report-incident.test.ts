import { expect, test } from 'vitest';
import type { AuditQuery, AuditRecord } from '../../src/core/audit.ts';
import type { Json } from '../../src/core/json.ts';
import { reportIncident } from '../../src/gatehouse/report-incident.ts';
import { someIncident } from '../support/some-incident.ts';

const incident = someIncident(42, { security: true });

const record = (id: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
  ...{ id, subject: 'INC-42', version: id, at: 10_000 + id, hash: '', actor: 'user:T1/U1' },
  ...{ event: 'incident.reminded', facts: {} },
  ...more,
});

/** A report from these records, which are read page by page. */
async function reportOf(
  records: readonly AuditRecord[],
  absences = [] as { from: number; until: number }[],
) {
  const asked: AuditQuery[] = [];
  const report = await reportIncident(
    {
      store: {
        incidents: { find: async () => ({ incident, now: 100_000 }) } as never,
        audit: {
          find: async (query: AuditQuery) => {
            asked.push(query);
            return records
              .filter(({ id }) => id < (query.beforeId ?? Number.POSITIVE_INFINITY))
              .toSorted((a, b) => b.id - a.id)
              .slice(0, query.limit);
          },
        } as never,
        presence: { absences: async () => absences } as never,
      },
      names: async (ids) => new Map(ids.map((id) => [id, `name of ${id}`])),
    },
    'INC-42',
  );
  return { report: report ?? expect.fail('there is no report'), asked };
}

test('every record is read, page by page, each from where the last one ended', async () => {
  const records = Array.from({ length: 1_100 }, (_, at) => record(at + 1));
  const { report, asked } = await reportOf(records);
  expect(report.lines).toHaveLength(1_100);
  expect(report.promises.reminders).toBe(1_100);
  expect(asked.map(({ incident: of, beforeId }) => [of, beforeId])).toEqual([
    ['INC-42', undefined],
    ['INC-42', 601],
    ['INC-42', 101],
  ]);
});

test('what was kept as evidence is listed with its run, as it was said', async () => {
  const outcome: Json = { kind: 'done', seen: 'rms.json, 12 kB, sha256 ab12' };
  const facts = { action: 'evidence snapshot', step: 'keep-evidence', outcome };
  const { report } = await reportOf([
    record(1, { subject: 'R-1', event: 'run.step-begun', facts: { step: 'keep-evidence' } }),
    record(2, { subject: 'R-1', event: 'run.verifying', facts }),
    record(3, { subject: 'R-1', event: 'run.succeeded', facts: { action: 'evidence snapshot' } }),
    record(4, { subject: 'R-2', event: 'run.succeeded', facts: { action: 'restart' } }),
  ]);
  expect(report.evidence).toEqual(['`R-1`: rms.json, 12 kB, sha256 ab12', '`R-1` succeeded']);
});

test('whoever is named anywhere in it is asked for, and absences count from the declaration on', async () => {
  const note = { key: 'C1:1', author: 'U7', text: 'ask <@U8>', written: 5 };
  const { report } = await reportOf(
    [record(1, { event: 'incident.note-added', facts: note })],
    [{ from: 0, until: 31_000 }],
  );
  expect([...report.names.keys()].toSorted()).toEqual(['U1', 'U7', 'U8']);
  expect(report.promises.absent).toBe(30_000);
  expect(report.lines.map(({ kind }) => kind)).toEqual(['note', 'absence']);
});
