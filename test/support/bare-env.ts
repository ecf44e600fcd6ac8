import { join } from 'node:path';

/**
 * What a program of ours gets from a test beside what the test is about: none of this machine's
 * settings, and what Node compiled for the one before, since starting many of them takes most of a test's time.
 */
export const bareEnv = {
  PATH: process.env.PATH ?? '',
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/gatehouse/compiled'),
};
