import { z } from 'zod';
import { parseDuration } from '../core/duration.ts';
import { type Limit, type Limits, usualLimits } from '../core/limits.ts';

const wanted =
  'expected so many within a while, such as 20/1h or 5/10m, at least 1 within at least 1m and at most 7d; or none';

/** `20/1h`, `20/h` or `none`, which is null. */
export const limit = z.string().transform((text, context): Limit | null => {
  if (text.trim() === 'none') return null;
  const [, figure = '', span = ''] = /^\s*(\d{1,4})\s*\/\s*(.{1,20})$/.exec(text) ?? [];
  const most = Number(figure);
  const within = parseDuration(span) ?? parseDuration(`1${span}`) ?? 0;
  if (most >= 1 && within >= 60_000 && within <= 7 * 86_400_000) return { most, within };
  context.addIssue(wanted);
  return z.NEVER;
});

const name = z.string().regex(/^[a-z][a-z -]{0,39}$/, 'expected a risk or the name of an action');

/** The section `limits` of the configuration file. */
export const limitsSchema = z.strictObject({
  per_person: z
    .record(name, limit)
    .default({})
    .describe(
      'What one person may ask for, by risk or action; `refused` is how often the machine may say no to one before nothing more of theirs is looked at for a while. Left out: `low: 30/1h`, `high: 20/1h`, `destructive: 5/1h`, `block: 20/10m`, `refused: 20/10m`.',
    ),
  per_target: z
    .record(name, limit)
    .default({})
    .describe('How often an action may begin on one target. Left out: `restart: 3/1h`.'),
});

/** The usual limits, and what the file says instead; `none` takes one away. */
export const readLimits = ({ per_person, per_target }: z.infer<typeof limitsSchema>): Limits => ({
  perPerson: merged(usualLimits.perPerson, per_person),
  perTarget: merged(usualLimits.perTarget, per_target),
});

const merged = (
  usual: Readonly<Record<string, Limit>>,
  said: Readonly<Record<string, Limit | null>>,
): Record<string, Limit> =>
  Object.fromEntries(
    Object.entries({ ...usual, ...said }).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  );
