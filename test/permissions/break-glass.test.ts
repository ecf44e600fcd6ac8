import { describe, expect, test } from 'vitest';
import type { BreakGlassRule } from '../../src/core/break-glass.ts';
import { breakGlassSet, mayBreakGlass, mayReview } from '../../src/permissions/break-glass.ts';

const glass: BreakGlassRule = {
  roles: ['lead', 'senior'],
  onCall: ['primary', 'secondary'],
  never: ['keys rotate'],
  notify: { roles: ['manager'], channel: 'C1' },
  perPerson: 1,
  global: 2,
  review: { by: ['manager', 'security'], within: 86_400_000 },
};
const no = (error: object) => ({ ok: false, error });

describe('doing without the approvals of others', () => {
  const may = (roles: string[], action = 'restart', rule: BreakGlassRule | undefined = glass) =>
    mayBreakGlass(rule, action, { roles });

  test('is for who holds one of its roles and is on call', () => {
    expect(may(['senior', 'secondary'])).toEqual({ ok: true, value: glass });
    expect(may(['senior'])).toEqual(no({ why: 'not-on-call', roles: glass.onCall }));
    expect(may(['primary', 'manager'])).toEqual(no({ why: 'not-eligible', roles: glass.roles }));
  });

  test('is for no action that is excluded, and for nobody where it is off', () => {
    expect(may(['lead', 'primary'], 'keys rotate')).toEqual(
      no({ why: 'never', action: 'keys rotate' }),
    );
    expect(mayBreakGlass(undefined, 'restart', { roles: ['lead', 'primary'] })).toEqual(
      no({ why: 'off' }),
    );
  });

  test('takes the requester’s own word, a reason, the name of the target and a code, for ten minutes', () => {
    expect(breakGlassSet(glass)).toEqual({
      name: 'break-glass',
      slots: [],
      requesterConfirms: true,
      waits: 600_000,
      validFor: 600_000,
      reason: 20,
      typedTarget: true,
      stepUp: 'totp',
      breakGlass: { reviewWithin: 86_400_000, deniedBy: ['manager', 'security'] },
    });
  });

  test('takes an open incident where the rule asks for one, and says nothing of it elsewhere', () => {
    expect(breakGlassSet({ ...glass, incident: 'required' })).toHaveProperty(
      'incident',
      'required',
    );
    expect(breakGlassSet(glass)).not.toHaveProperty('incident');
  });

  test('is looked at by those who are named for it, and by nobody else', () => {
    expect(mayReview(glass, { roles: ['security'] })).toEqual({ ok: true, value: true });
    expect(mayReview(glass, { roles: ['lead'] })).toEqual(
      no({ why: 'not-reviewer', roles: ['manager', 'security'] }),
    );
    expect(mayReview(undefined, { roles: ['security'] })).toEqual(no({ why: 'off' }));
  });
});
