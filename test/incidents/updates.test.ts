import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { IncidentDeed } from '../../src/core/incident-command.ts';
import { silentSince } from '../../src/core/silence.ts';
import {
  type Done,
  deadline,
  declared,
  done,
  dueAt,
  dueNow,
  having,
  meet,
  minute,
  refusal,
  rules,
  ten,
  wake,
} from './stage.ts';

const updateOf = (more: Partial<Extract<IncidentDeed, { kind: 'update' }>> = {}) =>
  ({
    kind: 'update',
    known: 'a bad key',
    doing: null,
    need: null,
    state: null,
    nextIn: null,
    reason: null,
    stakeholders: null,
    ...more,
  }) as const;

/** A SEV1 that somebody is on, so that nobody but the clock says anything. */
const quiet = (severity: 1 | 2 | 3 | 4 = 1): Incident =>
  having(
    declared({ severity, page: false }),
    [{ kind: 'acknowledge' }, { at: ten }],
    [
      { kind: 'take-role', role: 'communications' },
      { at: ten, by: 'U-kim' },
    ],
  );

const inMinutes = (at: number | null) => at !== null && (at - ten) / minute;

/** The messages of a channel. */
const heard = (all: readonly Done[]) =>
  all.filter(({ told }) => told.some((to) => to.startsWith('incident:')));

describe('an update', () => {
  test.each([
    [1, 15],
    [2, 30],
    [3, 120],
    [4, undefined],
  ] as const)('of a SEV%s is due after %s minutes', (severity, minutes) => {
    expect(dueAt(declared({ severity }), 'update')).toBe(minutes);
  });

  test('comes by itself at every slot of the grid, also when it was a little late', () => {
    const first = meet(quiet(), 'update', ten + 15 * minute + 9_000);
    expect(first.event).toBe('incident.updated');
    expect(first.facts).toMatchObject({
      automatic: true,
      slot: ten + 15 * minute,
      merged: 0,
      update: 1,
    });
    expect(first.facts.figures).toMatchObject({ health: 'api health is down' });
    expect(dueAt(first.incident, 'update')).toBe(30);
    expect(first.incident.updates).toMatchObject({ posted: 1, onTime: 1, late: 0 });
  });

  test('comes neither before its time nor twice', () => {
    const early = { by: null, at: ten + 15 * minute - 1 };
    expect(refusal(quiet(), dueNow(quiet(), 'update'), early)).toMatchObject({ kind: 'not-now' });
    const due = dueNow(quiet(), 'update');
    const posted = done(quiet(), due, { by: null, at: ten + 15 * minute }).incident;
    const again = { by: null, at: ten + 15 * minute + 1 };
    expect(refusal(posted, due, again)).toMatchObject({ kind: 'not-now' });
  });

  test('of a person begins the clock anew, and every reminder', () => {
    const posted = done(quiet(), updateOf(), { at: ten + 4 * minute });
    expect(dueAt(posted.incident, 'update')).toBe(19);
    expect(dueAt(posted.incident, 'overdue')).toBe(24);
    expect(dueAt(posted.incident, 'reminder')).toBe(16);
    expect(posted.incident.known).toBe('a bad key');
    expect(posted.facts.next).toBe(ten + 19 * minute);
  });

  test('that comes after its slot has passed is late, and stands for the slots that nobody filled', () => {
    const posted = done(quiet(), updateOf(), { at: ten + 31 * minute });
    expect(posted.facts).toMatchObject({ lateBy: 16 * minute, merged: 1 });
    expect(posted.incident.updates).toMatchObject({ posted: 1, onTime: 0, late: 1, merged: 1 });
  });

  test('that was just posted is posted once', () => {
    const posted = done(quiet(), updateOf());
    expect(
      refusal(posted.incident, updateOf(), { at: posted.incident.changedAt + 5_000 }),
    ).toMatchObject({
      kind: 'already',
    });
  });

  test('names when the next one comes, within bounds, and longer than twice the usual only with a reason', () => {
    const said = done(quiet(), updateOf({ nextIn: 30 * minute }), { at: ten });
    expect(dueAt(said.incident, 'update')).toBe(30);
    expect(refusal(quiet(), updateOf({ nextIn: 31 * minute }))).toMatchObject({
      kind: 'needs-reason',
    });
    expect(refusal(quiet(), updateOf({ nextIn: 4 * minute }))).toMatchObject({
      kind: 'out-of-bounds',
      least: 5 * minute,
      most: 240 * minute,
    });
    const reason = 'waiting for the vendor';
    const long = done(quiet(), updateOf({ nextIn: 240 * minute, reason }), { at: ten });
    expect(dueAt(long.incident, 'update')).toBe(240);
    expect(refusal(quiet(), updateOf({ nextIn: 241 * minute, reason }))).toMatchObject({
      kind: 'out-of-bounds',
    });
  });

  test('says something', () => {
    expect(refusal(quiet(), updateOf({ known: null }))).toMatchObject({ kind: 'needs-reason' });
  });

  test('reaches stakeholders only when communications say so, never about security', () => {
    const stakeholders = 'Signing in fails for some of you.';
    expect(refusal(quiet(), updateOf({ stakeholders }))).toMatchObject({
      kind: 'may-not',
      roles: ['communications'],
    });
    const said = done(quiet(), updateOf({ stakeholders }), { by: 'U-kim' });
    expect(said.told).toContain('C-status 1');
    const secret = having(declared({ security: true, page: false }), { kind: 'acknowledge' });
    expect(refusal(secret, updateOf({ stakeholders }))).toMatchObject({ kind: 'not-now' });
  });

  test('can say how far it is, with the same rules as saying that alone', () => {
    expect(done(quiet(), updateOf({ state: 'identified' })).incident.state).toBe('identified');
    const identified = having(quiet(), { kind: 'move', to: 'identified', reason: null });
    expect(refusal(identified, updateOf({ state: 'investigating' }))).toMatchObject({
      kind: 'needs-reason',
    });
    expect(refusal(identified, updateOf({ state: 'resolved' }))).toMatchObject({
      kind: 'not-from-here',
    });
  });

  test('is never due once it is resolved', () => {
    const over = having(quiet(), [
      {
        kind: 'resolve',
        resolution: {
          fix: 'a new key',
          cause: 'known',
          causeText: null,
          customerText: null,
          withoutWatch: 'it was the wrong key',
        },
        started: null,
        ended: null,
        followUps: [],
      },
      {},
    ]);
    expect(over.updates.next).toBeNull();
    expect(
      ['update', 'reminder', 'overdue'].map((kind) => deadline(over, kind as 'update')),
    ).toEqual([undefined, undefined, undefined]);
    expect(wake(over, ten + 600 * minute)).toEqual([]);
  });
});

describe('when nobody was there for a while', () => {
  test.each([
    [0.5, 1, 0],
    [1.5, 1, 1],
    [3.5, 1, 3],
  ])(
    'of %s periods, there is %s message, which stands for %s slots more',
    (periods, messages, merged) => {
      const before = quiet(2);
      const slot = ten + 30 * minute;
      const back = slot + periods * 30 * minute;
      const all = wake(before, back);
      const updates = heard(all).filter(({ event }) => event !== 'incident.escalated');
      expect(updates.map(({ event }) => event)).toEqual(Array(messages).fill('incident.updated'));
      expect(updates[0]?.facts).toMatchObject({ slot, lateBy: back - slot, merged });
      const now = all.at(-1)?.incident ?? before;
      expect(now.updates).toMatchObject({ posted: 1, late: 1, onTime: 0, merged });
      expect(((now.updates.next ?? 0) - slot) % (30 * minute)).toBe(0);
      expect(now.updates.next).toBeGreaterThan(back);
      expect((now.updates.next ?? 0) - back).toBeLessThanOrEqual(30 * minute);
      expect(wake(now, back + 1_000)).toEqual([]);
    },
  );

  test('whoever should have heard that it was overdue hears of the one message', () => {
    const [update] = wake(quiet(1), ten + 40 * minute).filter(
      ({ event }) => event === 'incident.updated',
    );
    expect(update?.facts.contacts).toEqual(['manager']);
    expect(update?.told).toContain('U-manager 1'.replace('U-', 'user:U-'));
  });

  test('nobody is reminded of the next one when that comes soon', () => {
    const slot = ten + 15 * minute;
    const all = wake(quiet(), slot + 13 * minute);
    const now = all.at(-1)?.incident ?? quiet();
    expect(now.updates.next).toBe(slot + 15 * minute);
    expect(deadline(now, 'reminder')).toBeUndefined();
    expect(all.map(({ event }) => event)).not.toContain('incident.reminded');
  });

  test('the absence is part of what the message says', () => {
    const absence = { from: ten + 2 * minute, until: ten + 47 * minute };
    const due = { kind: 'update', at: ten + 15 * minute, step: 0 } as const;
    const said = done(
      quiet(),
      { kind: 'due', deadline: due, figures: null, absence },
      { by: null, at: absence.until },
    );
    expect(said.facts).toMatchObject({ absence, figures: null, merged: 2 });
  });
});

describe('reminders', () => {
  test('go to whoever speaks for it, three minutes before', () => {
    const reminded = meet(quiet(), 'reminder', ten + 12 * minute);
    expect(reminded.told).toEqual(['user:U-kim 1']);
    expect(deadline(reminded.incident, 'reminder')).toBeUndefined();
  });

  test('that no person has said anything come after 5, 10 and 20 minutes, then at each pace, six of them; then a last word', () => {
    let incident = quiet();
    const steps: unknown[] = [];
    for (let at = ten; at < ten + 300 * minute; at += minute) {
      for (const one of wake(incident, at)) {
        incident = one.incident;
        if (one.event === 'incident.update-overdue') {
          steps.push([(at - ten) / minute - 15, one.facts.contacts, one.facts.ends]);
        }
      }
    }
    expect(steps).toEqual([
      [5, [], false],
      [10, ['secondary'], false],
      [20, ['manager'], false],
      [35, ['manager'], false],
      [50, ['manager'], false],
      [65, ['manager'], false],
      [80, ['manager'], true],
    ]);
    expect(deadline(incident, 'update')).toBeDefined();
  });

  test('end in silence that the next update of a person breaks, and neither an automatic one nor the last but one does', () => {
    let incident = quiet();
    for (let at = ten; at < ten + 94 * minute; at += minute) {
      incident = wake(incident, at).at(-1)?.incident ?? incident;
    }
    expect(silentSince(incident)).toBeNull();
    const last = wake(incident, ten + 95 * minute).at(-1)?.incident ?? incident;
    expect(silentSince(last)).toBe(ten);
    expect(silentSince(wake(last, ten + 105 * minute).at(-1)?.incident ?? incident)).toBe(ten);
    expect(silentSince({ ...last, state: 'resolved' })).toBeNull();
    const broken = done(last, updateOf(), { at: ten + 97 * minute }).incident;
    expect(silentSince(broken)).toBeNull();
    const known = wake(broken, ten + 300 * minute).at(-1)?.incident ?? incident;
    expect(silentSince(known)).toBe(ten + 97 * minute);
  });

  test('that nobody could send while Gatehouse was away end with the one message that says so', () => {
    const all = wake(quiet(), ten + 200 * minute);
    const [update, ...others] = all.filter(({ told }) => told.some((to) => /^incident:/.test(to)));
    expect(update).toMatchObject({ event: 'incident.updated', facts: { ends: true } });
    expect(others.map(({ event }) => event)).not.toContain('incident.update-overdue');
    expect(silentSince(all.at(-1)?.incident ?? quiet())).toBe(ten);
    const later = wake(all.at(-1)?.incident ?? quiet(), ten + 215 * minute);
    expect(later.map(({ facts }) => facts.ends)).not.toContain(true);
  });

  test('wait for the update when that is due as well', () => {
    const at = ten + 31 * minute;
    for (const kind of ['overdue', 'reminder'] as const) {
      expect(refusal(quiet(), dueNow(quiet(), kind), { by: null, at })).toMatchObject({
        kind: 'not-now',
      });
    }
  });

  test('call nobody from outside because of a SEV3', () => {
    const late = wake(quiet(3), ten + 120 * minute).at(-1)?.incident ?? quiet(3);
    const all = wake(late, ten + 130 * minute);
    expect(all.map(({ event, facts }) => [event, facts.contacts])).toEqual([
      ['incident.update-overdue', []],
    ]);
  });

  test('can be put off by whoever leads or speaks, once in a row; updates go on', () => {
    const snoozed = done(quiet(), { kind: 'snooze', ms: 30 * minute }, { by: 'U-kim', at: ten });
    expect(dueAt(snoozed.incident, 'update')).toBe(15);
    expect(dueAt(snoozed.incident, 'overdue')).toBe(30);
    expect(deadline(meet(snoozed.incident, 'update').incident, 'reminder')?.at).toBe(
      ten + 27 * minute,
    );
    const quietly = wake(snoozed.incident, ten + 29 * minute);
    expect(quietly.map(({ event }) => event)).not.toContain('incident.update-overdue');
    const now = quietly.at(-1)?.incident ?? snoozed.incident;
    const said = wake(now, ten + 30 * minute).find(
      ({ event }) => event === 'incident.update-overdue',
    );
    expect(said?.facts).toMatchObject({
      promised: ten + 15 * minute,
      late: 15 * minute,
      step: 1,
    });
    expect(deadline(snoozed.incident, 'reminder')).toBeUndefined();
    expect(refusal(snoozed.incident, { kind: 'snooze', ms: 30 * minute })).toMatchObject({
      kind: 'already',
    });
    expect(refusal(quiet(), { kind: 'snooze', ms: 30 * minute }, { by: 'U-dana' })).toMatchObject({
      kind: 'may-not',
      roles: ['commander', 'communications'],
    });
    expect(refusal(quiet(), { kind: 'snooze', ms: 61 * minute })).toMatchObject({
      kind: 'out-of-bounds',
    });
    const again = having(snoozed.incident, updateOf());
    expect(done(again, { kind: 'snooze', ms: 15 * minute }).event).toBe('incident.snoozed');
  });
});

describe('"no change"', () => {
  const noChange = { kind: 'no-change', text: null } as const;

  test('counts as an update once; twice in a row it takes a sentence', () => {
    const once = done(quiet(), noChange, { at: ten + 10 * minute });
    expect(dueAt(once.incident, 'update')).toBe(25);
    expect(once.incident.updates.posted).toBe(1);
    expect(refusal(once.incident, noChange, { at: ten + 20 * minute })).toMatchObject({
      kind: 'needs-reason',
    });
    const text = 'the vendor has not answered yet';
    expect(
      done(once.incident, { ...noChange, text }, { at: ten + 20 * minute }).incident.updates,
    ).toMatchObject({ posted: 2, unchanged: 2 });
  });

  test('clicked twice is said once', () => {
    const once = done(quiet(), noChange).incident;
    expect(refusal(once, noChange, { at: once.changedAt + 400 })).toMatchObject({
      kind: 'already',
    });
  });

  test('can be said again after a real update', () => {
    const said = having(quiet(), noChange, updateOf());
    expect(done(said, noChange).incident.updates.unchanged).toBe(1);
  });
});

describe('the pace', () => {
  test('can be set within bounds, and counts from the last word of a person', () => {
    const updated = having(quiet(), [updateOf(), { at: ten + 4 * minute }]);
    const paced = done(
      updated,
      { kind: 'set-cadence', ms: 30 * minute, reason: null },
      { at: ten + 10 * minute },
    );
    expect(inMinutes(paced.incident.updates.next)).toBe(34);
    expect(refusal(quiet(), { kind: 'set-cadence', ms: 45 * minute, reason: null })).toMatchObject({
      kind: 'needs-reason',
    });
    expect(refusal(quiet(), { kind: 'set-cadence', ms: 15 * minute, reason: null })).toMatchObject({
      kind: 'already',
    });
  });

  test('never skips into the past', () => {
    const paced = done(
      quiet(),
      { kind: 'set-cadence', ms: 5 * minute, reason: null },
      { at: ten + 14 * minute },
    );
    expect(inMinutes(paced.incident.updates.next)).toBe(15);
  });

  test('of a SEV3 rests outside of working hours, on its grid', () => {
    const friday = Date.UTC(2026, 10, 20, 14, 30);
    const posted = done(quiet(3), updateOf(), { at: friday }).incident;
    expect(posted.updates.next).toBe(friday + 120 * minute);
    const next = meet(posted, 'update').incident.updates.next ?? 0;
    expect(new Date(next).toISOString()).toBe('2026-11-23T10:30:00.000Z');
    expect(posted.rules).toBe(rules);
  });
});
