import type { Faults } from '../../protocol.ts';

/** A Slack in which nothing is broken. */
export const healthy: Faults = {
  latencyMs: 0,
  failBefore: 0,
  dropAfter: 0,
  rateLimited: 0,
  hang: false,
  revoked: false,
  refuse: {},
  fileMs: 0,
  copies: 1,
  delayMs: 0,
};

/** How many things are broken on purpose. */
export const faultCount = (faults: Faults): number =>
  (Object.keys(healthy) as (keyof Faults)[]).filter((name) =>
    name === 'refuse' ? Object.keys(faults.refuse).length > 0 : faults[name] !== healthy[name],
  ).length;
