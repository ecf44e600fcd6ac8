import { z } from 'zod';
import { durationBetween, parseDuration } from '../core/duration.ts';

/**
 * How long something is to last, as people write it: it stays a text, so that a form, a card and the audit
 * show it as it was typed. {@link lastingMs} reads it.
 */
export const lastingBetween = (least: string, most: string) => {
  const duration = durationBetween(least, most);
  return z.string().superRefine((text, context) => {
    const [issue] = duration.safeParse(text).error?.issues ?? [];
    if (issue) context.addIssue(issue.message);
  });
};

/** The milliseconds of a text that {@link lastingBetween} has let through. */
export const lastingMs = (text: string): number => parseDuration(text) ?? 0;
