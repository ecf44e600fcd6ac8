import { describe, expect, test } from 'vitest';
import type { Incident, IncidentState } from '../../src/core/incident.ts';
import type { IncidentDeed } from '../../src/core/incident-command.ts';
import { deadline, declared, done, dueAt, having, minute, refusal, ten } from './stage.ts';

const move = (to: IncidentState, reason: string | null = null) =>
  ({ kind: 'move', to, reason }) as const;
const why = 'the first guess was wrong';

type Resolve = Extract<IncidentDeed, { kind: 'resolve' }>;
const resolve = (
  resolution: Partial<Resolve['resolution']> = {},
  more: Partial<Resolve> = {},
): Resolve => ({
  kind: 'resolve',
  resolution: {
    fix: 'rollback to 2.3.1',
    cause: 'known',
    causeText: null,
    customerText: null,
    withoutWatch: 'everybody can sign in',
    ...resolution,
  },
  started: null,
  ended: null,
  followUps: [],
  ...more,
});
const resolved = (how: Parameters<typeof declared>[0] = {}): Incident =>
  having(declared(how), [resolve(), { at: ten + 60 * minute }]);

describe('a state', () => {
  test.each([
    ['investigating', 'identified'],
    ['investigating', 'mitigating'],
    ['investigating', 'monitoring'],
    ['identified', 'monitoring'],
  ] as const)('%s is followed by %s without a reason', (from, to) => {
    const incident = from === 'investigating' ? declared() : having(declared(), move(from));
    expect(done(incident, move(to)).incident.state).toBe(to);
  });

  test.each([
    ['identified', 'investigating'],
    ['mitigating', 'identified'],
    ['monitoring', 'investigating'],
  ] as const)('%s is left for %s only with a reason', (from, to) => {
    const incident = having(declared(), move(from));
    expect(refusal(incident, move(to))).toMatchObject({ kind: 'needs-reason', atLeast: 10 });
    expect(refusal(incident, move(to, '   short  '))).toMatchObject({ kind: 'needs-reason' });
    const back = done(incident, move(to, why));
    expect(back.incident.state).toBe(to);
    expect(back.facts).toMatchObject({ from, to, reason: why });
  });

  test('that it has already is said by whom', () => {
    const identified = having(declared(), [move('identified'), { at: ten, by: 'U-dana' }]);
    expect(refusal(identified, move('identified'))).toEqual({
      kind: 'already',
      what: 'identified',
      by: 'U-dana',
      at: ten,
    });
    expect(identified.moved).toEqual({ by: 'U-dana', at: ten, version: 2 });
  });

  test.each(['resolved', 'closed', 'cancelled', 'triage'] as const)(
    'is not set to %s by saying so',
    (to) => {
      expect(refusal(declared(), move(to))).toMatchObject({ kind: 'not-from-here' });
    },
  );

  test('of triage is left by accepting it', () => {
    const alert = { ...declared(), state: 'triage' } as const;
    expect(refusal(alert, resolve())).toMatchObject({ kind: 'not-from-here' });
    expect(done(alert, move('investigating')).incident.state).toBe('investigating');
  });
});

describe('resolving', () => {
  test('a SEV1 without the watch takes a typed reason', () => {
    expect(refusal(declared(), resolve({ withoutWatch: null }))).toEqual({ kind: 'needs-watch' });
    expect(refusal(declared(), resolve({ withoutWatch: 'ok' }))).toMatchObject({
      kind: 'needs-reason',
    });
    expect(done(declared(), resolve()).incident.resolution?.withoutWatch).toBe(
      'everybody can sign in',
    );
    const minor = declared({ severity: 3 });
    expect(done(minor, resolve({ withoutWatch: null })).incident.state).toBe('resolved');
  });

  test('takes what fixed it, and lets nothing but the review be due', () => {
    expect(refusal(declared(), resolve({ fix: ' ' }))).toMatchObject({ kind: 'needs-reason' });
    const incident = resolved();
    expect(incident.deadlines.map(({ kind }) => kind)).toEqual(['review']);
    expect(incident.times.resolved).toBe(ten + 60 * minute);
    expect(incident.review?.owner).toBe('U-sam');
  });

  test('twice is once', () => {
    expect(refusal(resolved(), resolve())).toMatchObject({ kind: 'already', by: 'U-sam' });
  });

  test('a SEV1 or SEV2 is for the commander and managers, of others for everybody', () => {
    expect(refusal(declared(), resolve(), { by: 'U-dana' })).toEqual({
      kind: 'may-not',
      what: 'resolve it',
      roles: ['commander'],
      holders: ['manager'],
    });
    expect(done(declared(), resolve(), { by: 'U-dana', holds: ['manager'] }).incident.state).toBe(
      'resolved',
    );
    expect(done(declared({ severity: 3 }), resolve(), { by: 'U-dana' }).incident.state).toBe(
      'resolved',
    );
    const secret = declared({ severity: 3, security: true });
    expect(refusal(secret, resolve(), { by: 'U-dana' })).toMatchObject({ kind: 'may-not' });
  });

  test.each([
    ['ends before it began', { started: ten - 10 * minute, ended: ten - 20 * minute }],
    ['begins in the future', { started: ten + 500 * minute }],
    ['ends in the future', { ended: ten + 500 * minute }],
    ['begins after it was noticed', { started: ten + 5 * minute }],
  ])('an impact that %s is refused', (_what, times) => {
    expect(refusal(declared(), resolve({}, times), { at: ten + 60 * minute })).toMatchObject({
      kind: 'wrong-times',
    });
  });

  test('tells stakeholders what was written for them, and nobody of what is about security', () => {
    const customerText = 'Signing in works again.';
    expect(done(declared(), resolve({ customerText })).told).toContain('C-status 1');
    const secret = done(declared({ security: true }), resolve({ customerText }));
    expect(secret.told).toEqual(['incident:INC-42 1']);
  });

  test('keeps what is to be done afterwards', () => {
    const followUps = [{ text: 'test the keys', owner: 'U-kim', due: ten + 3 * 86_400_000 }];
    const incident = done(declared(), resolve({}, { followUps })).incident;
    expect(incident.followUps).toMatchObject([{ id: 'F1', owner: 'U-kim', done: null }]);
    expect(deadline(incident, 'follow-up')?.at).toBe(ten + 3 * 86_400_000);
  });
});

describe('opening it again', () => {
  test('takes a reason, and lets everything be due again', () => {
    expect(refusal(resolved(), { kind: 'reopen', reason: 'again' })).toMatchObject({
      kind: 'needs-reason',
    });
    const open = done(
      resolved(),
      { kind: 'reopen', reason: 'it fails again' },
      { at: ten + 90 * minute },
    );
    expect(open.incident).toMatchObject({
      state: 'investigating',
      resolution: null,
      acknowledged: null,
    });
    expect(dueAt(open.incident, 'update')).toBe(105);
    expect(dueAt(open.incident, 'acknowledge')).toBe(95);
    expect(deadline(open.incident, 'review')).toBeUndefined();
  });

  test('waits for nobody who was called before, and calls them again', () => {
    const hands = 'we need more hands';
    const asked = having(declared({ page: false }), {
      kind: 'escalate',
      contact: 'manager',
      why: hands,
    });
    const over = having(asked, resolve());
    expect(over.escalations.map(({ answer }) => answer?.kind)).toEqual(['silent']);
    const open = having(over, { kind: 'reopen', reason: 'it fails again' });
    expect(deadline(open, 'escalation-answer')).toBeUndefined();
    const security = having(open, { kind: 'escalate', contact: 'security', why: hands });
    const all = having(security, [
      { kind: 'answer-escalation', contact: 'security', answer: 'not-me' },
      { by: 'U-security' },
    ]);
    expect(all.escalations.at(-1)?.contact).toBe('secondary');
    const last = having(all, [
      { kind: 'answer-escalation', contact: 'secondary', answer: 'not-me' },
      { by: 'U-secondary' },
    ]);
    expect(last.escalations.at(-1)?.contact).toBe('manager');
  });

  test('is nothing for what is open, closed or cancelled', () => {
    const reopen = { kind: 'reopen', reason: 'it fails again' } as const;
    expect(refusal(declared(), reopen)).toMatchObject({ kind: 'already' });
    const cancelled = having(declared(), { kind: 'cancel', reason: 'false-alarm', of: null });
    expect(refusal(cancelled, reopen)).toMatchObject({ kind: 'over', state: 'cancelled' });
  });
});

describe('cancelling', () => {
  test('is possible only as long as nothing was found, for whoever leads or manages', () => {
    const cancel = { kind: 'cancel', reason: 'false-alarm', of: null } as const;
    const incident = done(declared(), cancel).incident;
    expect(incident.deadlines).toEqual([]);
    expect(refusal(incident, cancel)).toMatchObject({ kind: 'already' });
    expect(refusal(having(declared(), move('identified')), cancel)).toMatchObject({
      kind: 'not-from-here',
    });
    expect(refusal(declared(), cancel, { by: 'U-dana' })).toMatchObject({ kind: 'may-not' });
  });

  test('as part of another one names that, which is not itself', () => {
    const cancel = { kind: 'cancel', reason: 'duplicate', of: null } as const;
    expect(refusal(declared(), cancel)).toMatchObject({ kind: 'needs-reason' });
    expect(refusal(declared(), { ...cancel, of: 'INC-42' })).toMatchObject({ kind: 'not-now' });
    expect(done(declared(), { ...cancel, of: 'INC-41' }).incident.cancelled).toMatchObject({
      of: 'INC-41',
    });
  });
});

describe('the severity', () => {
  test('is raised by anybody, and lowered by whoever leads, with a reason', () => {
    const raise = { kind: 'set-severity', to: 1, reason: null } as const;
    expect(done(declared({ severity: 3 }), raise, { by: 'U-anybody' }).incident.severity).toBe(1);
    const lower = { kind: 'set-severity', to: 3, reason: 'only one tenant' } as const;
    expect(refusal(declared(), lower, { by: 'U-anybody' })).toMatchObject({ kind: 'may-not' });
    expect(refusal(declared(), { ...lower, reason: null })).toMatchObject({ kind: 'needs-reason' });
    expect(refusal(declared({ severity: 3 }), lower)).toMatchObject({ kind: 'already' });
  });

  test('that is lowered keeps what was promised already', () => {
    const lower = { kind: 'set-severity', to: 2, reason: 'only one tenant' } as const;
    const lowered = done(declared(), lower, { at: ten + 14 * minute }).incident;
    expect(dueAt(lowered, 'update')).toBe(15);
    expect(lowered.updates.every).toBe(30 * minute);
  });
});
