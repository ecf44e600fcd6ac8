import { z } from 'zod';
import { durationBetween, parseDuration } from '../core/duration.ts';

/**
 * How long something is to last, as people write it: it stays a text, so that a form, a card and the audit
 * show it as it was typed. {@link lastingMs} reads it.
 */
export const lastingBetween = (least: string, most: string) => {
  const duration = durationBetween(least, most);
  const lasting = z.string().superRefine((text, context) => {
    const [issue] = duration.safeParse(text).error?.issues ?? [];
    if (issue) context.addIssue(issue.message);
  });
  return lasting.meta({ title: 'For how long' });
};

/** The same as the parameter `for`, under which every command takes it; `--ttl` is understood as well. */
export const forBetween = (least: string, most: string) =>
  lastingBetween(least, most).meta({ title: 'For how long', aliases: ['ttl'] });

/** The milliseconds of a text that {@link lastingBetween} has let through. */
export const lastingMs = (text: string): number => parseDuration(text) ?? 0;

/** How far the clock of a system may be from ours, in milliseconds. */
export const slack = 5 * 60_000;

/** Whether it goes on long after now: whoever ends what was to end by now leaves a newer one alone. */
export const isNewer = ({ until }: { until: number | null }, now: number): boolean =>
  until !== null && until > now + slack;
