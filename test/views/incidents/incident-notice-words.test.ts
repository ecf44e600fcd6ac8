import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/core/audit.ts';
import { incidentEvents } from '../../../src/core/incident-events.ts';
import { patience } from '../../../src/incidents/deadlines/people.ts';
import { noticeWords } from '../../../src/views/incidents/incident-notice-words.ts';
import { clockTime } from '../../../src/views/text/clock-time.ts';

const saying = (what: string, facts: AuditRecord['facts'] = {}) => {
  const known = { id: 1, subject: 'INC-42', version: 1, at: 0, hash: '', actor: 'gatehouse' };
  return noticeWords({ ...known, event: `incident.${what}`, facts }, 'room');
};

describe('the words of a record', () => {
  test.each(incidentEvents)('are there for %s, whatever it says of itself', (what) => {
    expect(saying(what).sign).not.toBe(':information_source:');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (facts) => {
        expect(saying(what, facts as AuditRecord['facts']).said.trim()).not.toBe('');
      }),
      { numRuns: 20 },
    );
  });

  test('of a kind that only a newer version knows are its name', () => {
    expect(saying('seen-from-afar').said).toBe('seen from afar by itself');
    expect(saying('constructor').sign).toBe(':information_source:');
  });

  test('of a call elsewhere say who was called, how, and what came of it', () => {
    const call = { line: 17, contact: 'secondary', how: ['mail', 'webhook'] };
    const said = (stage: string, why: string | null = null) =>
      saying('paged-elsewhere', { ...call, stage, why }).said;
    expect(said('trying')).toBe(
      'Slack does not take the call of line 17: `secondary` is called by mail and webhook instead',
    );
    expect(said('sent')).toBe('`secondary` was called by mail and webhook');
    expect(said('failed', 'no such host')).toBe(
      '`secondary` could not be called by mail and webhook either: no such host',
    );
  });

  test('of a declaration and of its announcement say which service it is about', () => {
    const facts = { severity: 1, title: 'login down', target: 'rms-auth@prod' };
    expect(saying('declared', facts).said).toMatch(/\*SEV1\* · `rms-auth@prod` · login down$/);
    const announced = { ...facts, step: 'announce', how: 'done' };
    expect(saying('set-up', announced).said).toBe('SEV1 · `rms-auth@prod` · login down');
    expect(saying('declared', { ...facts, target: null }).said).toMatch(/\*SEV1\* · login down$/);
  });

  test('of a role that its holder takes for good name nobody who had it before', () => {
    const taken = { event: 'incident.role-taken', actor: 'user:T1/U1' };
    const record = { id: 1, subject: 'INC-42', version: 1, at: 0, hash: '', ...taken };
    const said = (had: string) =>
      noticeWords({ ...record, facts: { role: 'commander', had } }, 'room').said;
    expect(said('U1')).toBe('<@U1> is incident commander now');
    expect(said('U2')).toBe('<@U1> is incident commander now (until now <@U2>)');
  });

  test('of a role say it in a sentence', () => {
    expect(saying('role-unclaimed', { role: 'communications' }).said).toBe(
      'Nobody is in charge of communications',
    );
  });

  test('of the end say from when to when people were hit, once both are known', () => {
    const [started, ended] = [Date.UTC(2026, 10, 16, 13, 58), Date.UTC(2026, 10, 16, 15, 1)];
    const more = (facts: AuditRecord['facts']) => saying('resolved', facts).more?.join('\n') ?? '';
    expect(more({ started, ended })).toMatch(/People were hit from .*13:58 UTC.* to .*15:01 UTC/);
    expect(more({ started, ended: null })).not.toContain('hit');
  });

  test('of a card that was deleted say that another one stands there', () => {
    expect(saying('card-moved', { was: '1.1', ts: '2.2' }).said).toMatch(
      /deleted its card: another one stands in the channel/,
    );
  });
});

test('whoever is asked reads until when an answer counts, as incidents wait for it', () => {
  const at = 1_000_000;
  const asked = (what: string, facts: AuditRecord['facts']) =>
    noticeWords(
      {
        ...{ id: 1, subject: 'INC-42', version: 1, at, hash: '', actor: 'user:T1/U1' },
        ...{ event: `incident.${what}`, facts },
      },
      'person',
    ).said;
  const until = (ms: number) => `Without an answer by ${clockTime(at + ms)}`;
  expect(asked('still-on-it-asked', { who: 'U2' })).toContain(until(patience.stillOnIt));
  expect(asked('role-offered', { role: 'commander' })).toContain(until(patience.handover));
  expect(asked('shift', { role: 'commander' })).toContain(until(patience.handover));
});

test('a reminder says since when nobody has said anything, in a sentence', () => {
  expect(saying('update-overdue', { promised: 0, people: ['U1', 'U2', 'U3'] }).said).toMatch(
    /promised for .*, and nobody has said anything since it was declared\. <@U1>, <@U2> and <@U3>, please take it\.$/,
  );
});
