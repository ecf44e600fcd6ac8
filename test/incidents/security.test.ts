import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { placesOf } from '../../src/incidents/places.ts';
import { declared, done, dueAt, founded, having, meet, minute, refusal, ten } from './stage.ts';

const on = { kind: 'set-security', on: true, reason: null } as const;
const off = { kind: 'set-security', on: false, reason: 'it was a load test' } as const;
const channel = { id: 'C9', name: 'inc-0042', private: false, lost: null };
const inChannel = (incident: Incident): Incident =>
  having(incident, [
    { kind: 'set-up', step: 'channel', state: { kind: 'done', at: 0 }, channel },
    { by: null, at: ten },
  ]);

describe('an incident about security', () => {
  test('calls security at once and the ciso after 15 minutes, although somebody is on it', () => {
    const { incident, messages } = founded({ severity: 3, security: true, page: false });
    expect(messages).toContainEqual({ kind: 'notice', to: 'user:U-security', urgency: 0 });
    const acknowledged = having(incident, [{ kind: 'acknowledge' }, { at: ten }]);
    expect(dueAt(acknowledged, 'unresolved')).toBe(15);
    expect(meet(acknowledged, 'unresolved').facts).toMatchObject({ contact: 'ciso' });
  });

  test('keeps the promises of a SEV1', () => {
    const incident = declared({ severity: 3, security: true });
    expect(dueAt(incident, 'update')).toBe(15);
    expect(dueAt(incident, 'acknowledge')).toBe(5);
  });

  test('is announced nowhere, and where its channel cannot be made nobody reads of it but who leads', () => {
    const incident = declared({ security: true });
    expect(incident.setup.announce.kind).toBe('done');
    const failed = done(
      incident,
      { kind: 'set-up', step: 'channel', state: { kind: 'failed', why: 'no scope' } },
      { by: null },
    );
    expect(failed.told).toEqual(['user:U-sam 0']);
    expect(placesOf(failed.incident)).toEqual(['user:U-sam']);
    expect(
      done(declared({ security: true }), { kind: 'cancel', reason: 'false-alarm', of: null }).told,
    ).toEqual(['incident:INC-42 1']);
  });

  test('becomes one because anybody says so, and calls security then', () => {
    const set = done(declared({ severity: 2 }), on, { by: 'U-anybody', at: ten + minute });
    expect(set.told).toContain('user:U-security 0');
    expect(dueAt(set.incident, 'update')).toBe(16);
    expect(refusal(set.incident, on)).toMatchObject({ kind: 'already' });
  });

  test('goes on in a private channel when its own is public', () => {
    const set = done(inChannel(declared()), on);
    expect(set.incident.channel).toBeNull();
    expect(set.incident.setup.channel.kind).toBe('open');
    expect(set.told).toContain('C9 1');
    expect(set.incident.deadlines.map(({ kind }) => kind)).toContain('setup');
  });

  test('takes no public channel that was being made when somebody said so', () => {
    const set = done(declared(), on);
    const late = {
      kind: 'set-up',
      step: 'channel',
      state: { kind: 'done', at: 0 },
      channel,
    } as const;
    const unused = done(set.incident, late, { by: null });
    expect([unused.event, unused.incident.channel]).toEqual(['incident.room-left', null]);
    expect(unused.incident.setup.channel.kind).toBe('open');
    expect(unused.incident.traces).toMatchObject({ rooms: ['C9'], state: 'wanted', tries: 1 });
    expect(refusal(unused.incident, late, { by: null })).toMatchObject({ kind: 'not-now' });
    const secret = declared({ security: true });
    expect(refusal(secret, late, { by: null })).toMatchObject({ kind: 'not-now' });
    const own = { ...late, channel: { ...channel, private: true } };
    expect(done(set.incident, own, { by: null }).incident.channel?.private).toBe(true);
  });

  test('stops being one only because security says so, with a reason', () => {
    const secret = declared({ security: true });
    expect(refusal(secret, off)).toEqual({
      kind: 'may-not',
      what: 'say that it is not about security',
      roles: [],
      holders: ['security'],
    });
    expect(refusal(secret, off, { holds: ['manager'] })).toMatchObject({ kind: 'may-not' });
    expect(refusal(secret, { ...off, reason: 'no' }, { holds: ['security'] })).toMatchObject({
      kind: 'needs-reason',
    });
    expect(done(secret, off, { holds: ['security'] }).incident.security).toBe(false);
  });
});
