import { describe, expect, test } from 'vitest';
import { declared, done, having, refusal } from './stage.ts';

const target = { service: 'rust-auth', env: 'prod' };

describe('what an incident is about', () => {
  test('is changed by anybody, and said on the card alone', () => {
    const aimed = done(declared(), { kind: 'set-target', target }, { by: 'U-anybody' });
    expect(aimed.incident.target).toEqual(target);
    expect(aimed.facts).toMatchObject({ was: 'rms-auth@prod', target: 'rust-auth@prod' });
    expect(aimed.told).toEqual([]);
    expect(refusal(aimed.incident, { kind: 'set-target', target })).toMatchObject({
      kind: 'already',
    });
  });

  test('has each kind of impact once, in any order', () => {
    const hit = done(declared(), { kind: 'set-impact', impact: ['oauth', 'password', 'oauth'] });
    expect(hit.incident.impact).toEqual(['oauth', 'password']);
    const same = { kind: 'set-impact', impact: ['password', 'oauth'] } as const;
    expect(refusal(hit.incident, same)).toMatchObject({ kind: 'already' });
    const fewer = { kind: 'set-impact', impact: ['password'] } as const;
    expect(done(hit.incident, fewer).incident.impact).toEqual(['password']);
  });

  test('has a title that says something', () => {
    expect(refusal(declared(), { kind: 'set-title', title: '  ' })).toMatchObject({
      kind: 'needs-reason',
    });
    expect(refusal(declared(), { kind: 'set-title', title: ' Login is down ' })).toMatchObject({
      kind: 'already',
    });
    const called = done(declared(), { kind: 'set-title', title: ' Keys are wrong ' });
    expect(called.incident.title).toBe('Keys are wrong');
    expect(called.facts.title).toBe('Keys are wrong');
  });

  test('is not changed once it was cancelled', () => {
    const cancelled = having(declared(), { kind: 'cancel', reason: 'false-alarm', of: null });
    expect(refusal(cancelled, { kind: 'set-title', title: 'other' })).toMatchObject({
      kind: 'over',
    });
  });
});
