import type { Requested } from '../../src/core/action.ts';

/** Somebody on call who has asked for something. */
export const someRequest: Requested = {
  run: 'R-000001',
  by: { id: 'U07ONCALL01', team: 'T07GATEHSE1' },
  reason: 'a test asks for it',
};
