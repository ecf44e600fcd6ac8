import { accounts } from './accounts.ts';
import type { Danger } from './danger.ts';
import { databases } from './databases.ts';
import { network } from './network.ts';
import { processes } from './processes.ts';
import { redis } from './redis.ts';
import { releases } from './releases.ts';

/** Every command of the five runbooks that is known to do harm, the most asked for first. */
export const dangers: readonly Danger[] = [
  ...redis,
  ...network,
  ...processes,
  ...databases,
  ...releases,
  ...accounts,
];
