import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { uninvited } from '../../src/incidents/channel/guests.ts';
import { wantedFor, wishOf } from '../../src/permissions/incident-pleas.ts';
import { incidentNotice } from '../../src/views/incidents/incident-notice.ts';
import { incidentRefusalMessage } from '../../src/views/incidents/incident-refusal.ts';
import { lifeHouse } from './life-stage.ts';
import { type Doing, declared, done, having, minute, refusal, ten } from './stage.ts';

const join = { kind: 'join' } as const;
const kim: Doing = { by: 'U-kim' };
const channel = { id: 'C9', name: 'inc-0042', private: false, lost: null };
const inChannel = (incident: Incident, more: Partial<typeof channel> = {}): Incident =>
  having(
    incident,
    [
      {
        kind: 'set-up',
        step: 'channel',
        state: { kind: 'done', at: 0 },
        channel: { ...channel, ...more },
      },
      { by: null, at: ten },
    ],
    [
      { kind: 'set-up', step: 'invite', state: { kind: 'done', at: 0 } },
      { by: null, at: ten },
    ],
  );

describe('whoever joins', () => {
  test('is invited to the channel, and stands on the timeline', () => {
    const joined = done(inChannel(declared()), join, kim);
    expect(joined.event).toBe('incident.joined');
    expect(joined.facts).toMatchObject({ who: 'U-kim' });
    expect(uninvited(joined.incident)).toEqual(['U-kim']);
    expect(joined.incident.setup.invite).toEqual({ kind: 'open', tries: 0, why: null });
    expect(joined.told).toEqual([]);
  });

  test('is invited as soon as there is a channel', () => {
    const early = having(declared(), [join, kim]);
    expect(uninvited({ ...early, channel: { ...channel, invited: {} } })).toContain('U-kim');
  });

  test('is invited once more when they had left it', () => {
    const before = inChannel(having(declared(), [join, { ...kim, at: ten }]));
    expect(uninvited(before)).toEqual([]);
    const again = done(before, join, { ...kim, at: ten + 2 * minute });
    expect(uninvited(again.incident)).toEqual(['U-kim']);
    expect(refusal(again.incident, join, { ...kim, at: ten + 2 * minute + 1 })).toMatchObject({
      kind: 'already',
    });
  });

  test('works on nothing by that: it is no sign of life', () => {
    const before = inChannel(declared());
    const after = having(before, [join, { ...kim, at: ten + 9 * minute }]);
    expect(after.lastActivity).toBe(before.lastActivity);
  });

  test('joins nothing that is over, and no channel that there is not', () => {
    const over = having(declared(), { kind: 'cancel', reason: 'false-alarm', of: null });
    expect(refusal(over, join, kim)).toMatchObject({ kind: 'over' });
    const lost = having(inChannel(declared()), [
      { kind: 'room-lost', why: 'archived' },
      { by: null },
    ]);
    expect(refusal(lost, join, kim)).toMatchObject({ kind: 'not-now' });
  });

  test('joins nothing about security but where they may, and hears who could let them in', () => {
    const secret = inChannel(declared({ security: true }), { private: true });
    expect(refusal(secret, join, kim)).toEqual({
      kind: 'may-not',
      what: 'work on what is about security without being asked to',
      roles: ['commander'],
      holders: ['security', 'manager'],
    });
    expect(done(secret, join, { ...kim, holds: ['security'] }).event).toBe('incident.joined');
  });

  test('is not let into the private channel by having joined before it was about security', () => {
    const open = having(inChannel(declared()), [join, kim]);
    const secret = done(open, { kind: 'set-security', on: true, reason: null }).incident;
    expect(uninvited(secret)).not.toContain('U-kim');
  });
});

const cancel = { kind: 'plea', wish: 'cancel' } as const;

describe('whoever may not do something', () => {
  test('can ask those who may, who each hear of it once, with what it is and nothing more', () => {
    const asked = done(declared({ title: 'zanzibar' }), cancel, kim);
    expect(asked.event).toBe('incident.plea');
    expect(asked.told).toEqual(['user:U-sam 1', 'user:U-manager 1']);
    const record = { id: 1, subject: 'INC-42', version: 2, at: ten, hash: '', actor: 'user:T1/U7' };
    const facts = { ...asked.facts, by: 'U07KIM' };
    const { text } = incidentNotice({ ...record, event: asked.event, facts }, 'person');
    expect(text).toMatch(/<@U07KIM> would like somebody to cancel it: it is up to .*manager/);
    expect(text).not.toContain('zanzibar');
  });

  test('asks the same once an hour, and for five things at most', () => {
    const asked = having(declared(), [cancel, { ...kim, at: ten }]);
    const at = (ms: number): Doing => ({ ...kim, at: ten + ms });
    expect(refusal(asked, cancel, at(59 * minute))).toMatchObject({ kind: 'already', at: ten });
    expect(done(asked, cancel, at(60 * minute)).event).toBe('incident.plea');
    expect(done(asked, cancel, { by: 'U-ana', at: ten + minute }).event).toBe('incident.plea');
    const wishes = ['resolve', 'set-security', 'snooze', 'set-cadence'] as const;
    const many = having(
      asked,
      ...wishes.map((wish): [{ kind: 'plea'; wish: string }, Doing] => [
        { kind: 'plea', wish },
        at(minute),
      ]),
    );
    const one = { kind: 'plea', wish: 'waive-review' } as const;
    expect(refusal(many, one, at(2 * minute))).toMatchObject({ kind: 'already' });
  });

  test('asks nobody for what they may do themselves, or of what is over', () => {
    expect(refusal(declared(), cancel)).toMatchObject({ kind: 'not-now' });
    const over = having(declared(), { kind: 'cancel', reason: 'false-alarm', of: null });
    expect(refusal(over, cancel, kim)).toMatchObject({ kind: 'over' });
  });

  test('can ask to be let into what is about security, and nobody else hears of it', () => {
    const asked = done(declared({ security: true }), { kind: 'plea', wish: 'join' }, kim);
    expect(asked.told).toEqual(['user:U-sam 1', 'user:U-manager 1', 'user:U-security 1']);
  });

  test('tells the channel where nobody can be reached', () => {
    const nobody = having(declared(), { kind: 'leave-role', role: 'commander' });
    const asked = done(nobody, cancel, { ...kim, reach: {} });
    expect(asked.told).toEqual(['incident:INC-42 1']);
  });

  test('gets a button for it with the refusal, of exactly what they wanted', async () => {
    const { declare, life } = lifeHouse();
    const { id } = await declare();
    const by = { id: 'U-kim', team: 'T1', holds: [] };
    const refused = await life.do(id, { kind: 'cancel', reason: 'false-alarm', of: null }, by);
    if (refused.ok) return expect.fail('it was done');
    expect(refused.error).toMatchObject({ plea: { id, version: 1, wish: 'cancel' } });
    expect(JSON.stringify(incidentRefusalMessage(refused.error).blocks)).toContain(
      '"action_id":"incident:plea","value":"INC-1:1:cancel"',
    );
  });

  test.each([
    'take-role.commander',
    'leave-role.commander',
    'offer-role.commander',
    'set-severity',
    'set-security',
    'cancel',
    'update',
    'snooze',
    'set-cadence',
    'waive-review',
    'resolve',
    'acknowledge',
    'publish-review',
    'stay',
    'unacknowledge',
  ])('may ask for %s, which is up to somebody else', (wish) => {
    const taken = having(declared(), [{ kind: 'take-role', role: 'commander' }, { at: ten + 1 }]);
    const kimsWish = wantedFor(taken, wish, { id: 'U-kim', holds: [] });
    expect(kimsWish?.what).toBeTruthy();
    expect(wishOf({ kind: 'take-role', role: 'scribe' })).toBe('take-role.scribe');
  });
});
