import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../src/core/audit.ts';
import { factsText } from '../../src/views/audit-facts.ts';
import { auditMessage } from '../../src/views/audit-page.ts';
import { checkMessage } from '../../workspace/blocks/check.ts';

const record = (change: Partial<AuditRecord> = {}): AuditRecord => ({
  id: 7,
  subject: 'R7',
  version: 4,
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  event: 'run.approved',
  actor: 'user:T1/UMANAGER',
  facts: {
    ...{
      agent: 'host/1',
      action: 'restart',
      service: 'rms-auth',
      env: 'prod',
      plan: 'ab'.repeat(32),
    },
    ...{ from: 'waiting', to: 'approved', roles: ['manager', 'oncall'], note: null },
  },
  hash: '',
  ...change,
});

describe('a record of the audit', () => {
  test('says when in the reader’s own time, what, who, about what, which way it went and the rest', () => {
    const message = auditMessage({ records: [record()], next: [] });
    const [, block] = message.blocks;
    expect(checkMessage(message as never)).toBeNull();
    expect(block).toMatchObject({
      text: {
        text: [
          '#7 <!date^1767323045^{date_short_pretty} at {time}|2026-01-02 03:04 UTC> *run.approved* · <@UMANAGER> · `R7` restart rms-auth@prod, waiting → approved',
          '↳ roles manager; oncall',
        ].join('\n'),
      },
    });
  });

  describe('of an incident', () => {
    const standing = {
      ...{ title: 'login down', state: 'identified', severity: 2, provisional: false, every: 1 },
      ...{ channel: 'C1', commander: 'U1', next: 1_795_340_543_147, acknowledged: null },
    };
    const textOf = (event: string, facts: AuditRecord['facts']) => {
      const about = { subject: 'INC-1', event, actor: 'gatehouse' };
      const one = record({ ...about, facts: { ...standing, ...facts } });
      return JSON.stringify(auditMessage({ records: [one], next: [] }).blocks);
    };

    test('says how it moved, and not in every line how it stands', () => {
      const moved = textOf('incident.moved', { from: 'investigating', why: 'a bad key' });
      expect(moved).toContain('`INC-1` investigating → identified\\n↳ why a bad key"');
      expect(textOf('incident.note-added', { from: 'identified', text: 'a new key' })).toContain(
        '`INC-1`\\n↳ text a new key"',
      );
    });

    test('takes the moment from which it was watched for no state', () => {
      const passed = { from: Date.UTC(2026, 0, 2, 3, 4), state: 'monitoring', good: 2, seen: 3 };
      expect(textOf('incident.watch-passed', passed)).not.toContain('→');
    });

    test('says how it stands where that is what happened', () => {
      const declared = { acknowledgeBy: Date.UTC(2026, 0, 2, 3, 4) };
      expect(textOf('incident.declared', declared)).toContain('severity 2, to be acknowledged by');
      expect(textOf('incident.declared', declared)).toContain('2026-01-02 03:04 UTC');
      const acknowledged = textOf('incident.acknowledged', { took: 87_533, within: 300_000 });
      expect(acknowledged).toContain('took 1 m 28 s, within 5 m');
      expect(textOf('incident.cadence-set', { every: 1_800_000 })).toContain('↳ every 30 m"');
    });

    test('says moments as everybody reads them, wherever they stand, and figures as they are', () => {
      const at = Date.UTC(2026, 0, 2, 3, 4);
      const text = textOf('incident.x', { absence: { from: at, until: 1e300 }, rung: 3, ms: 6e4 });
      expect(text).toMatch(/absence from <.*2026-01-02 03:04 UTC>, until 1e\+300, rung 3, ms 1 m"/);
    });
  });

  test.each<[string, AuditRecord['facts'], string]>([
    ['why it was asked for', { reason: 'memory leak', params: {} }, 'because memory leak'],
    ['a step', { step: 'restart:api', does: 'Restart the copy api' }, 'step Restart the copy api'],
    [
      'what came of one',
      { step: 'restart:api', outcome: { kind: 'done', seen: 'pid 42' } },
      'step restart:api, it was done: pid 42',
    ],
    [
      'what failed',
      { outcome: { kind: 'failed', why: 'it is gone' } },
      'it was failed: it is gone',
    ],
    [
      'what was looked at',
      {
        ok: false,
        checks: [
          { name: 'health', ok: false, seen: '503' },
          { name: 'pid', ok: true },
        ],
      },
      'ok no, checked health did not pass (503); pid passed',
    ],
    [
      'a click',
      {
        why: 'tampered',
        deed: 'approve',
        form: false,
        run: null,
        message: { channel: 'C1', ts: '1' },
      },
      'why tampered, deed approve, form no, message channel C1, ts 1',
    ],
    ['nothing', { from: 'a', to: 'b', note: null, list: [], none: '' }, ''],
  ])('says in plain words %s', (_what, facts, text) => {
    expect(factsText(facts)).toBe(text);
  });

  test('shows no braces or quotes of a machine, whatever is nested in it', () => {
    const facts = { deep: { list: [{ a: [1, null, { b: true }] }], text: 'x' } };
    expect(factsText(facts)).toBe('deep list a 1; none; b yes, text x');
  });

  test('is twenty to a message, however much each has to say', () => {
    const records = Array.from({ length: 20 }, (_, n) =>
      record({ id: n, facts: { ...record().facts, reason: 'x'.repeat(4_000) } }),
    );
    const message = auditMessage({ records, next: [{ label: 'Older', command: 'audit' }] });
    expect(checkMessage(message as never)).toBeNull();
    for (let n = 0; n < 20; n += 1) expect(JSON.stringify(message)).toContain(`#${n}`);
  });
});
