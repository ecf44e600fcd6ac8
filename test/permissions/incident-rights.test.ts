import { describe, expect, test } from 'vitest';
import type { Incident, IncidentRole } from '../../src/core/incident.ts';
import type { IncidentDeed } from '../../src/core/incident-command.ts';
import type { Note } from '../../src/core/incident-note.ts';
import { wantedFor, wishOf } from '../../src/permissions/incident-pleas.ts';
import { isByDeclaring, mayDo, missingRight } from '../../src/permissions/incident-rights.ts';
import { mayReadIncident } from '../../src/permissions/may-read-incident.ts';
import { mayUnverified } from '../../src/permissions/may-unverified.ts';
import { someIncident } from '../support/some-incident.ts';

const rules = {
  ...someIncident(1).rules,
  roles: { responders: ['oncall'], managers: ['manager'], security: ['security'] },
};
const incident = (more: Partial<Incident> = {}): Incident =>
  someIncident(1, {
    rules,
    declaredBy: { id: 'declarer', team: 'T1' },
    roles: {
      commander: { by: 'commander', at: 2_000 },
      operations: { by: 'operations', at: 2_000 },
      communications: { by: 'communications', at: 2_000 },
      scribe: { by: 'scribe', at: 2_000 },
    },
    acknowledged: { by: 'acknowledger', at: 2_000 },
    escalations: [
      { contact: 'x', people: ['called'], why: '', cause: null, at: 0, by: 'x', answer: null },
    ],
    review: {
      owner: 'reviewer',
      due: null,
      chased: 0,
      checks: { timeline: false, impact: false, followUps: false },
      notes: { summary: '', helped: '', hindered: '', lucky: '' },
      published: null,
      waived: null,
    },
    ...more,
  });

/** Everybody, each by what they are; roles of the configuration are held, others stand in the incident. */
const everybody = [
  ...['commander', 'operations', 'communications', 'scribe', 'acknowledger', 'called', 'reviewer'],
  ...['oncall', 'manager', 'security', 'anybody'],
];
const who = (deed: IncidentDeed, about: Incident = incident()): string[] =>
  everybody.filter((one) => mayDo(about, deed, { id: one, holds: [one] }).ok);

const update: Extract<IncidentDeed, { kind: 'update' }> = {
  kind: 'update',
  known: null,
  doing: null,
  need: null,
  state: null,
  nextIn: null,
  reason: null,
  stakeholders: null,
};
const resolve: Extract<IncidentDeed, { kind: 'resolve' }> = {
  kind: 'resolve',
  resolution: { fix: '', cause: 'known', causeText: null, customerText: null, withoutWatch: null },
  started: null,
  ended: null,
  followUps: [],
};

const note: Note = {
  ...{ key: 'C1/1', author: 'anybody', text: 'x', at: 3_000, permalink: null, files: [] },
  how: 'command',
};

describe('an incident', () => {
  test.each<[IncidentDeed, string[]]>([
    [{ kind: 'acknowledge' }, ['commander', 'operations', 'called', 'oncall']],
    [{ kind: 'unacknowledge' }, ['commander', 'acknowledger', 'manager']],
    [{ kind: 'stay' }, ['commander', 'acknowledger', 'manager']],
    [{ kind: 'set-severity', to: 3, reason: null }, ['commander', 'manager']],
    [{ kind: 'set-security', on: false, reason: null }, ['security']],
    [{ kind: 'cancel', reason: 'false-alarm', of: null }, ['commander', 'manager']],
    [resolve, ['commander', 'manager']],
    [{ kind: 'take-role', role: 'commander' }, ['commander', 'manager']],
    [{ kind: 'take-role', role: 'scribe' }, ['commander', 'scribe', 'manager']],
    [{ kind: 'leave-role', role: 'scribe' }, ['commander', 'scribe', 'manager']],
    [{ kind: 'offer-role', role: 'scribe', to: 'x' }, ['commander', 'scribe', 'manager']],
    [{ ...update, stakeholders: 'x' }, ['communications']],
    [{ kind: 'snooze', ms: 1 }, ['commander', 'communications']],
    [{ kind: 'set-cadence', ms: 1, reason: null }, ['commander', 'communications', 'manager']],
    [{ kind: 'publish-review' }, ['commander', 'reviewer', 'manager']],
    [{ kind: 'waive-review', reason: '' }, ['manager']],
  ])('lets %j be done by %j alone', (deed, allowed) => {
    expect(who(deed)).toEqual(allowed);
  });

  test.each<[IncidentDeed]>([
    [{ kind: 'set-severity', to: 1, reason: null }],
    [{ kind: 'set-severity', to: 2, reason: null }],
    [{ kind: 'set-security', on: true, reason: null }],
    [{ kind: 'move', to: 'identified', reason: null }],
    [update],
    [{ kind: 'no-change', text: null }],
    [{ kind: 'escalate', contact: 'x', why: 'x' }],
    [{ kind: 'reopen', reason: 'x' }],
    [{ kind: 'watch-more', ms: 1 }],
    [{ kind: 'hide-note', note: 'x' }],
    [{ kind: 'add-follow-up', followUp: { text: 'x', owner: null, due: null } }],
    [{ kind: 'write-review', notes: {}, checks: {} }],
  ])('lets anybody do %j', (deed) => {
    expect(who(deed)).toEqual(everybody);
  });

  test('of SEV3 or SEV4 is resolved by anybody, but about security by whoever leads', () => {
    expect(who(resolve, incident({ severity: 3 }))).toEqual(everybody);
    expect(who(resolve, incident({ severity: 3, security: true }))).toEqual([
      'commander',
      'manager',
    ]);
  });

  test('is acknowledged by anybody where nobody was named for that', () => {
    const open = { ...rules, roles: { ...rules.roles, responders: [] } };
    expect(who({ kind: 'acknowledge' }, incident({ rules: open }))).toEqual(everybody);
  });

  test('about security is acknowledged by nobody who was not asked to, whoever was named', () => {
    const open = { ...rules, roles: { ...rules.roles, responders: [] } };
    expect(who({ kind: 'acknowledge' }, incident({ rules: open, security: true }))).toEqual([
      ...['commander', 'operations', 'called', 'manager', 'security'],
    ]);
  });

  test('lets whoever leads speak to stakeholders while nobody has that role', () => {
    const { communications: _nobody, ...roles } = incident().roles;
    expect(who({ ...update, stakeholders: 'x' }, incident({ roles }))).toEqual(['commander']);
  });

  test('is resolved with words for stakeholders by those alone who may write to them', () => {
    const channels = { announce: null, stakeholders: 'CSTAKE' };
    const told = (more: Partial<Incident> = {}) =>
      incident({ severity: 3, rules: { ...rules, channels }, ...more });
    const customerText = 'It works again.';
    const telling = { ...resolve, resolution: { ...resolve.resolution, customerText } };
    expect(who(telling, told())).toEqual(['communications']);
    expect(who(resolve, told())).toEqual(everybody);
    const { communications: _nobody, ...roles } = incident().roles;
    expect(who(telling, told({ roles }))).toEqual(['commander']);
    expect(who(telling, told({ rules }))).toEqual(everybody);
  });

  test('lets anybody take a role that nobody has, and lead where somebody does only by declaring', () => {
    expect(who({ kind: 'take-role', role: 'scribe' }, incident({ roles: {} }))).toEqual(everybody);
    expect(who({ kind: 'offer-role', role: 'scribe', to: 'x' }, incident({ roles: {} }))).toEqual(
      everybody,
    );
    const declared = incident({ roles: { commander: { by: 'declarer', at: 1_000 } } });
    expect(isByDeclaring(declared, 'commander')).toBe(true);
    expect(isByDeclaring(declared, 'scribe')).toBe(false);
    expect(who({ kind: 'take-role', role: 'commander' }, declared)).toEqual(everybody);
    const later = incident({ roles: { commander: { by: 'declarer', at: 1_001 } } });
    expect(who({ kind: 'take-role', role: 'commander' }, later)).toEqual(['manager']);
  });

  test('of which a review is optional lets whoever leads do without one', () => {
    const clock = { ...rules.clock, 2: { ...rules.clock[2], reviewDays: null } };
    const optional = incident({ rules: { ...rules, clock } });
    expect(who({ kind: 'waive-review', reason: '' }, optional)).toEqual(['commander', 'manager']);
  });

  test('that is not about security is read by everybody, any other by those in it and those who answer for it', () => {
    const read = (about: Incident): string[] =>
      everybody.filter((one) => mayReadIncident(about, { id: one, holds: [one] }));
    expect(read(incident())).toEqual(everybody);
    const others = ['oncall', 'anybody'];
    expect(read(incident({ security: true }))).toEqual(
      everybody.filter((one) => !others.includes(one)),
    );
    const nobody = { roles: {}, acknowledged: null, escalations: [], review: null };
    const bare = incident({ security: true, ...nobody });
    expect(read(bare)).toEqual(['manager', 'security']);
    expect(mayReadIncident(bare, { id: 'declarer', holds: ['oncall'] })).toBe(true);
    expect(mayReadIncident(bare, { id: 'anybody', holds: ['oncall', 'security'] })).toBe(true);
  });

  test('that is about security lets nobody in by a role, an update or a note of theirs, but by being called', () => {
    const secret = incident({ security: true });
    const inside = everybody.filter((one) => !['oncall', 'anybody'].includes(one));
    expect(who({ kind: 'take-role', role: 'scribe' }, { ...secret, roles: {} })).toEqual([
      'acknowledger',
      'called',
      'reviewer',
      'manager',
      'security',
    ]);
    expect(who(update, secret)).toEqual(inside);
    expect(who({ kind: 'publish-review' }, secret)).toEqual(['commander', 'reviewer', 'manager']);
    expect(who({ kind: 'acknowledge' }, secret)).toContain('oncall');
    for (const deed of [
      { kind: 'add-note', note },
      { kind: 'escalate', contact: 'x', why: 'x' },
      { kind: 'answer-escalation', contact: 'x', answer: 'on-it' },
      { kind: 'accept-role', role: 'scribe' },
      { kind: 'refuse-role', role: 'scribe', reason: null },
      { kind: 'plea', wish: 'cancel' },
    ] as const) {
      expect(who(deed, secret)).toEqual(everybody);
    }
    expect(mayDo(secret, update, { id: 'anybody', holds: [] })).toEqual({
      ok: false,
      error: {
        kind: 'may-not',
        what: 'work on what is about security without being asked to',
        roles: ['commander'],
        holders: ['security', 'manager'],
      },
    });
  });

  test('is done to with a plain yes', () => {
    const yes = { ok: true, value: true };
    expect(mayDo(incident(), update, { id: 'anybody', holds: [] })).toEqual(yes);
    expect(mayDo(incident(), resolve, { id: 'commander', holds: [] })).toEqual(yes);
  });

  const both: IncidentRole[] = ['commander', 'communications'];
  test.each<[IncidentDeed, string, IncidentRole[], string[]]>([
    [resolve, 'resolve it', ['commander'], ['manager']],
    [{ kind: 'acknowledge' }, 'acknowledge it', ['commander', 'operations'], ['oncall']],
    [{ kind: 'stay' }, 'speak for whoever acknowledged it', ['commander'], ['manager']],
    [
      { kind: 'set-severity', to: 3, reason: null },
      'lower the severity',
      ['commander'],
      ['manager'],
    ],
    [
      { kind: 'set-security', on: false, reason: null },
      'say that it is not about security',
      [],
      ['security'],
    ],
    [{ kind: 'cancel', reason: 'false-alarm', of: null }, 'cancel it', ['commander'], ['manager']],
    [
      { kind: 'take-role', role: 'commander' },
      'take a role from whoever has it without asking them',
      [],
      ['manager'],
    ],
    [
      { kind: 'take-role', role: 'scribe' },
      'take a role from whoever has it without asking them',
      ['commander'],
      ['manager'],
    ],
    [
      { kind: 'leave-role', role: 'scribe' },
      'give away the role of somebody else',
      ['commander'],
      ['manager'],
    ],
    [{ ...update, stakeholders: 'x' }, 'write to stakeholders', ['communications'], []],
    [{ kind: 'snooze', ms: 1 }, 'put the reminders off', both, []],
    [
      { kind: 'set-cadence', ms: 1, reason: null },
      'change how often updates come',
      both,
      ['manager'],
    ],
    [{ kind: 'publish-review' }, 'publish the review', ['commander'], ['manager']],
    [{ kind: 'waive-review', reason: '' }, 'do without a review', [], ['manager']],
  ])('refuses %j with what it is and who may', (deed, what, roles, holders) => {
    expect(mayDo(incident(), deed, { id: 'anybody', holds: [] })).toEqual({
      ok: false,
      error: { kind: 'may-not', what, roles, holders },
    });
  });

  test('without anybody who acknowledged, or a review, or a commander is nobody’s to speak for', () => {
    const bare = incident({ acknowledged: null, review: null, roles: {} });
    expect(who({ kind: 'stay' }, bare)).toEqual(['manager']);
    expect(who({ kind: 'publish-review' }, bare)).toEqual(['manager']);
    expect(isByDeclaring(bare, 'commander')).toBe(false);
  });

  test('that somebody else leads from its first moment on is not led by declaring', () => {
    const led = incident({ roles: { commander: { by: 'commander', at: 1_000 } } });
    expect(isByDeclaring(led, 'commander')).toBe(false);
    expect(who({ kind: 'take-role', role: 'commander' }, led)).toEqual(['commander', 'manager']);
  });
});

describe('what somebody wishes who may not', () => {
  const guarded: IncidentDeed[] = [
    { kind: 'acknowledge' },
    { kind: 'unacknowledge' },
    { kind: 'stay' },
    { kind: 'set-severity', to: 3, reason: null },
    { kind: 'set-security', on: false, reason: null },
    { kind: 'cancel', reason: 'false-alarm', of: null },
    resolve,
    { kind: 'take-role', role: 'commander' },
    { kind: 'take-role', role: 'scribe' },
    { kind: 'leave-role', role: 'operations' },
    { kind: 'leave-role', role: 'scribe' },
    { kind: 'offer-role', role: 'communications', to: 'x' },
    { kind: 'offer-role', role: 'scribe', to: 'x' },
    { ...update, stakeholders: 'x' },
    { kind: 'snooze', ms: 1 },
    { kind: 'set-cadence', ms: 1, reason: null },
    { kind: 'publish-review' },
    { kind: 'waive-review', reason: '' },
  ];

  test.each(guarded)('is asked of those who may: %j', (deed) => {
    for (const one of everybody) {
      const doer = { id: one, holds: [one] };
      const wanted = wantedFor(incident(), wishOf(deed), doer);
      expect(wanted, one).toEqual(missingRight(incident(), deed, doer));
    }
    expect(wantedFor(incident(), wishOf(deed), { id: 'anybody', holds: [] })).not.toBeNull();
  });

  test('is called by its kind, and by the role that it is about', () => {
    expect(wishOf({ kind: 'cancel', reason: 'false-alarm', of: null })).toBe('cancel');
    expect(wishOf({ kind: 'take-role', role: 'scribe' })).toBe('take-role.scribe');
  });

  test('of a role that there is not is the lead', () => {
    const [lead, other] = ['take-role.commander', 'take-role.nonsense'].map((wish) =>
      wantedFor(incident(), wish, { id: 'anybody', holds: [] }),
    );
    expect(other).toEqual(lead);
  });

  test('that cannot be done by anybody is asked of nobody: less than the least severity', () => {
    const least = incident({ severity: 4 });
    expect(wantedFor(least, 'set-severity', { id: 'anybody', holds: [] })).toBeNull();
  });

  test('when it is to resolve what stakeholders read of, is asked of those who write to them', () => {
    const channels = { announce: null, stakeholders: 'CSTAKE' };
    const told = incident({ severity: 3, rules: { ...rules, channels } });
    expect(wantedFor(told, 'resolve', { id: 'manager', holds: ['manager'] })).toEqual({
      what: 'write to stakeholders',
      roles: ['communications'],
    });
  });

  test.each(['join', 'add-follow-up', 'nonsense', ''])(
    'and is anything else (%j) is to be let in where not everybody is',
    (wish) => {
      const doer = { id: 'anybody', holds: [] };
      expect(wantedFor(incident(), wish, doer)).toBeNull();
      expect(wantedFor(incident({ security: true }), wish, doer)).toMatchObject({
        what: 'work on what is about security without being asked to',
        holders: ['security', 'manager'],
      });
    },
  );
});

describe('somebody of whom nobody says whether they still belong here', () => {
  const may = (deed: IncidentDeed) =>
    everybody.filter((one) => mayUnverified(incident(), deed, one));

  test.each<IncidentDeed>([
    { kind: 'acknowledge' },
    { kind: 'answer-escalation', contact: 'x', answer: 'on-it' },
    { kind: 'escalate', contact: 'x', why: 'x' },
    { kind: 'stay' },
    { kind: 'add-note', note },
  ])('is not kept from helping: %j', (deed) => {
    expect(may(deed)).toEqual(everybody);
  });

  test('speaks for an incident only where the incident itself names them, and to nobody outside of it', () => {
    const named = ['commander', 'operations', 'communications', 'scribe', 'acknowledger'];
    expect(may(update)).toEqual(named);
    expect(may({ kind: 'no-change', text: null })).toEqual(named);
    expect(may({ ...update, stakeholders: 'x' })).toEqual([]);
    expect(may({ ...update, state: 'monitoring' })).toEqual([]);
    const unclaimed = incident({ acknowledged: null });
    expect(mayUnverified(unclaimed, update, 'scribe')).toBe(true);
    expect(mayUnverified(unclaimed, update, 'anybody')).toBe(false);
  });

  test.each<IncidentDeed>([
    resolve,
    { kind: 'set-severity', to: 1, reason: null },
    { kind: 'set-security', on: true, reason: null },
    { kind: 'take-role', role: 'commander' },
    { kind: 'offer-role', role: 'commander', to: 'x' },
    { kind: 'cancel', reason: 'false-alarm', of: null },
    { kind: 'reopen', reason: 'x' },
    { kind: 'set-title', title: 'x' },
  ])('changes nothing: %j', (deed) => {
    expect(may(deed)).toEqual([]);
  });
});
