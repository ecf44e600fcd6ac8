import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import {
  type Done,
  deadline,
  declared,
  done,
  dueAt,
  founded,
  having,
  meet,
  minute,
  reach,
  refusal,
  rules,
  ten,
  wake,
} from './stage.ts';

const acknowledge = { kind: 'acknowledge' } as const;
const escalations = (all: readonly Done[]) =>
  all.filter(({ event }) => event === 'incident.escalated');
const called = (incident: Incident) => incident.escalations.map(({ contact }) => contact);

describe('a declaration', () => {
  test('calls whoever is on call, and says by when somebody has to have acknowledged', () => {
    const { incident, audit, messages } = founded();
    expect(messages).toContainEqual({ kind: 'notice', to: 'user:U-primary', urgency: 0 });
    expect(messages).toContainEqual({ kind: 'incident', to: 'incident:INC-42', urgency: 1 });
    expect(audit).toMatchObject({
      event: 'incident.declared',
      actor: 'user:T1/U-sam',
      facts: { acknowledgeBy: ten + 5 * minute, noOnCall: null, next: ten + 15 * minute },
    });
    expect(incident.roles.commander?.by).toBe('U-sam');
    expect(incident.version).toBe(1);
  });

  test('says so when nobody is on call, also when nobody was to be called, and calls the next one at once', () => {
    const nobody = { ...reach, primary: { people: [], why: 'no on-call configured' } };
    const paged = founded({}, { reach: nobody });
    expect(paged.audit.facts.noOnCall).toBe('no on-call configured');
    expect(paged.audit.facts.calls).toMatchObject([
      { contact: 'primary', people: [], why: 'no on-call configured' },
      { contact: 'secondary', people: ['U-secondary'], why: null },
    ]);
    expect(paged.messages).toContainEqual({ kind: 'notice', to: 'user:U-secondary', urgency: 0 });
    expect(founded({ page: false }, { reach: nobody }).audit.facts.noOnCall).toBe(
      'no on-call configured',
    );
  });

  test('of which nobody is sure is a provisional SEV2', () => {
    expect(declared({ severity: null })).toMatchObject({ severity: 2, provisional: true });
  });
});

describe('while nobody acknowledges', () => {
  test('a SEV1 calls the second on call after 5 minutes and a manager after 10', () => {
    const first = meet(declared(), 'acknowledge');
    expect(first.told).toContain('user:U-secondary 0');
    expect(first.facts).toMatchObject({
      contact: 'secondary',
      rung: 0,
      skipped: 0,
      automatic: true,
    });
    const second = meet(first.incident, 'acknowledge');
    expect(second.told).toContain('user:U-manager 0');
    expect((deadline(first.incident, 'acknowledge')?.at ?? 0) - ten).toBe(10 * minute);
  });

  test('after a downtime the highest rung that should have been reached is called, and only that', () => {
    const all = escalations(wake(declared({ page: false, severity: 2 }), ten + 31 * minute));
    expect(all.map(({ facts }) => [facts.ladder, facts.contact, facts.skipped])).toEqual([
      ['acknowledge', 'manager', 1],
    ]);
  });

  test('the last rung is called again a few times, and the last time says so', () => {
    let incident = declared({ page: false, severity: 2 });
    const times: unknown[] = [];
    for (let n = 0; deadline(incident, 'acknowledge') && n < 9; n += 1) {
      times.push(dueAt(incident, 'acknowledge'));
      const one = meet(incident, 'acknowledge');
      incident = one.incident;
      times.push(one.facts.last);
    }
    expect(times).toEqual([15, false, 30, false, 45, false, 60, false, 75, true]);
  });

  test('of a SEV3 it is said once in the channel, and nobody is called', () => {
    const said = meet(declared({ severity: 3, page: false }), 'acknowledge');
    expect(said).toMatchObject({
      event: 'incident.nobody-acknowledged',
      told: ['incident:INC-42 0'],
    });
    expect(deadline(said.incident, 'acknowledge')).toBeUndefined();
  });

  test('where a rung has nobody the next one is called at once, and all of it is said', () => {
    const nobody = { ...reach, secondary: { people: [], why: 'nobody is on call' } };
    const [one] = escalations(wake(declared({ page: false }), ten + 5 * minute, nobody));
    expect(one?.facts.calls).toEqual([
      { contact: 'secondary', people: [], why: 'nobody is on call' },
      { contact: 'manager', people: ['U-manager'], why: null },
    ]);
  });

  test('where there is nobody at all, it is said wherever it can be', () => {
    const [one] = escalations(wake(declared({ page: false, severity: 2 }), ten + 15 * minute, {}));
    expect(one?.told).toEqual(['incident:INC-42 0', 'C-incidents 0']);
  });
});

describe('acknowledging', () => {
  test('ends the ladder, and keeps the first for the promise', () => {
    const { incident, facts } = done(declared(), acknowledge, {
      by: 'U-dana',
      holds: ['oncall'],
      at: ten + 130_000,
    });
    expect(deadline(incident, 'acknowledge')).toBeUndefined();
    expect(facts).toMatchObject({ took: 130_000, within: 5 * minute });
    const anew = having(incident, [{ kind: 'unacknowledge' }, { by: 'U-dana' }], [acknowledge, {}]);
    expect(anew.firstAcknowledged).toEqual({ by: 'U-dana', at: ten + 130_000 });
  });

  test('twice is once, and says who was first', () => {
    const first = having(declared(), [acknowledge, { by: 'U-dana', holds: ['oncall'], at: ten }]);
    expect(refusal(first, acknowledge, { holds: ['oncall'] })).toEqual({
      kind: 'already',
      what: 'acknowledged',
      by: 'U-dana',
      at: ten,
    });
  });

  test('is for whoever is on call, was called or works on it', () => {
    const incident = declared();
    expect(refusal(incident, acknowledge, { by: 'U-anybody' })).toMatchObject({
      kind: 'may-not',
      holders: ['oncall'],
    });
    expect(done(incident, acknowledge, { by: 'U-primary' }).event).toBe('incident.acknowledged');
    const everybody = declared(
      {},
      { rules: { ...rules, roles: { ...rules.roles, responders: [] } } },
    );
    expect(done(everybody, acknowledge, { by: 'U-anybody' }).event).toBe('incident.acknowledged');
  });

  test('after it was resolved never opens it again', () => {
    const resolved = having(declared({ severity: 3 }), {
      kind: 'resolve',
      resolution: {
        fix: 'a restart',
        cause: 'unknown',
        causeText: null,
        customerText: null,
        withoutWatch: null,
      },
      started: null,
      ended: null,
      followUps: [],
    });
    expect(refusal(resolved, acknowledge, { holds: ['oncall'] })).toEqual({
      kind: 'over',
      id: 'INC-42',
      state: 'resolved',
    });
  });

  test('makes whoever does it the commander where nobody leads', () => {
    const leaderless = having(declared(), { kind: 'leave-role', role: 'commander' });
    const led = done(leaderless, acknowledge, { by: 'U-dana', holds: ['oncall'] });
    expect(led.incident.roles.commander?.by).toBe('U-dana');
  });

  test('taken back begins the ladder from then', () => {
    const back = having(
      declared(),
      [acknowledge, { at: ten }],
      [{ kind: 'unacknowledge' }, { at: ten + 20 * minute }],
    );
    expect(dueAt(back, 'acknowledge')).toBe(25);
  });
});

describe('while it lasts', () => {
  test('a SEV1 calls a manager after 5 minutes although it is acknowledged', () => {
    const acknowledged = having(declared(), [acknowledge, { at: ten }]);
    expect(dueAt(acknowledged, 'unresolved')).toBe(5);
    expect(meet(acknowledged, 'unresolved').told).toContain('user:U-manager 0');
  });

  test('nobody is called once it is only watched', () => {
    const watched = having(declared(), { kind: 'move', to: 'monitoring', reason: null });
    expect(deadline(watched, 'unresolved')).toBeUndefined();
  });

  test('raised to a SEV1 its ladders count from then, lowered they go on', () => {
    const low = having(declared({ severity: 3, page: false }));
    const high = done(
      low,
      { kind: 'set-severity', to: 1, reason: null },
      { at: ten + 60 * minute, by: 'U-anybody' },
    );
    expect(dueAt(high.incident, 'acknowledge')).toBe(65);
    expect(dueAt(high.incident, 'unresolved')).toBe(65);
    expect(dueAt(high.incident, 'update')).toBe(75);
  });
});

describe('an escalation by hand', () => {
  const escalate = {
    kind: 'escalate',
    contact: 'security',
    why: 'it looks like an attack',
  } as const;

  test('calls the contact, once until they answer', () => {
    const one = done(declared(), escalate, { by: 'U-anybody' });
    expect(one.told).toEqual(['incident:INC-42 0', 'user:U-security 0']);
    expect(refusal(one.incident, escalate)).toMatchObject({ kind: 'already' });
    expect(refusal(declared(), { ...escalate, contact: 'cis' })).toMatchObject({
      kind: 'unknown-contact',
      known: ['primary', 'secondary', 'manager', 'security', 'ciso'],
    });
    expect(refusal(declared(), { ...escalate, why: 'help' })).toMatchObject({
      kind: 'needs-reason',
    });
  });

  test('that is not answered for 5 minutes goes to the next, said aloud', () => {
    const one = done(declared({ page: false }), escalate, { at: ten }).incident;
    const next = meet(one, 'escalation-answer');
    expect(next.facts).toMatchObject({ silent: ['security'], contact: 'secondary' });
    expect(next.told).toEqual(['incident:INC-42 0', 'user:U-secondary 0']);
    const third = meet(next.incident, 'escalation-answer');
    const last = meet(third.incident, 'escalation-answer');
    expect(called(last.incident)).toEqual(['security', 'secondary', 'manager']);
    expect(last.facts).toMatchObject({ silent: ['manager'], contact: null });
    expect(last.told).toEqual(['incident:INC-42 0', 'C-incidents 0']);
    expect(deadline(last.incident, 'escalation-answer')).toBeUndefined();
  });

  test('goes on to somebody whom nobody has called yet', () => {
    const laddered = meet(declared({ page: false }), 'acknowledge').incident;
    const one = done(laddered, escalate, { at: ten + 6 * minute }).incident;
    expect(meet(one, 'escalation-answer').facts).toMatchObject({ contact: 'manager' });
  });

  test('is answered by those who were called', () => {
    const one = done(declared(), escalate).incident;
    const onIt = { kind: 'answer-escalation', contact: 'security', answer: 'on-it' } as const;
    expect(refusal(one, onIt, { by: 'U-dana' })).toMatchObject({ kind: 'not-yours' });
    const answered = done(one, onIt, { by: 'U-security' }).incident;
    expect(deadline(answered, 'escalation-answer')).toBeUndefined();
    expect(refusal(answered, onIt, { by: 'U-security' })).toMatchObject({ kind: 'already' });
  });

  test('whose first answer is that they come is acknowledged by that', () => {
    const first = meet(declared(), 'acknowledge').incident;
    const comes = { kind: 'answer-escalation', contact: 'secondary', answer: 'on-it' } as const;
    const answered = done(first, comes, { by: 'U-secondary' });
    expect(answered.incident.acknowledged?.by).toBe('U-secondary');
    expect(answered.facts).toMatchObject({ acknowledges: true });
    expect(deadline(answered.incident, 'acknowledge')).toBeUndefined();
    const manager = meet(answered.incident, 'unresolved').incident;
    const also = done(manager, { ...comes, contact: 'manager' }, { by: 'U-manager' });
    expect(also.incident.acknowledged?.by).toBe('U-secondary');
  });

  test('to somebody who cannot come goes to the next at once', () => {
    const one = done(declared(), escalate).incident;
    const no = done(
      one,
      { kind: 'answer-escalation', contact: 'security', answer: 'not-me' },
      { by: 'U-security' },
    );
    expect(called(no.incident)).toEqual(['primary', 'security', 'secondary']);
  });
});
