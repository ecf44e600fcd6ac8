import { durationBetween } from '../core/duration.ts';
import { probeDeadline } from '../core/sighting.ts';

/** The flag `--deadline`: how long each check may take before it is shown as unknown, in milliseconds. */
export const deadline = durationBetween('100ms', '10s')
  .default(probeDeadline)
  .describe('How long each check may take, from 100ms to 10s; 2.5s when not given.');
