import { z } from 'zod';
import { durationBetween } from '../core/duration.ts';

/** For a query that takes nothing beside its target and flags. */
export const noWords = z
  .array(z.string())
  .max(0, { error: 'takes no further words: a target is written service@env, a flag --name value' })
  .default([]);

/** How long each check may take before it is shown as unknown, in milliseconds. */
export const deadline = durationBetween('100ms', '10s')
  .prefault('2.5s')
  .describe('How long each check may take');

/** A whole number in this range, written in digits. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: `expected a whole number from ${least} to ${most}` })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(least, { error: `expected at least ${least}` })
        .max(most, { error: `expected at most ${most}` }),
    );
