import { z } from 'zod';
import { claimLasts } from '../../core/claims.ts';
import { formatDuration, parseDuration } from '../../core/duration.ts';
import type { Declared } from '../command.ts';

const about = { aim: 'one', runbook: '–', aliases: [], everywhere: true } as const;
const atMost500 = (text: string) => text.length <= 500;
const hasWord = (text: string) => /[\p{L}\p{N}]/u.test(text);
const anHour = formatDuration(claimLasts.usual);

/** How long and why: the first word is a duration when it can be read as one. */
const longAndWhy = z
  .array(z.string())
  .min(1, 'expected the reason, for everybody else')
  .transform((words, context) => {
    const [first = '', ...rest] = words;
    const ms = parseDuration(first);
    const reason = (ms === null ? words : rest).join(' ').trim();
    const wrong =
      ms !== null && (ms < 60_000 || ms > claimLasts.most)
        ? 'expected between 1m and 24h'
        : !hasWord(reason)
          ? 'expected the reason, for everybody else'
          : !atMost500(reason) && 'expected at most 500 characters';
    if (wrong) context.addIssue(wrong);
    return { ms: ms ?? claimLasts.usual, reason };
  })
  .describe(`How long, at most 24h and ${anHour} when it is not said, and why`);

/** Keeps a target for oneself. `read`, because who may is up to what they may ask for there, not to the grants. */
export const claimDeclared = {
  ...about,
  name: 'claim',
  summary:
    'Keeps a service for yourself: nobody else begins a change there until it ends by itself.',
  examples: ['claim rms-auth@prod 1h "reading the heap"', 'claim all@prod 30m "database failover"'],
  risk: 'read',
  params: z.object({ words: longAndWhy }),
} as const satisfies Declared;

/** Lets go of it, or takes it from somebody else. */
export const releaseDeclared = {
  ...about,
  name: 'release',
  summary:
    'Ends your claim of a service, or with --steal and a reason that of somebody else, who is told.',
  examples: ['release rms-auth@prod', 'release rms-auth@prod --steal "they are asleep"'],
  risk: 'read',
  params: z.object({
    steal: z
      .string()
      .refine(hasWord, 'expected why')
      .refine(atMost500, 'expected at most 500 characters')
      .optional()
      .describe('Why you end the claim of somebody else'),
  }),
} as const satisfies Declared;

/** What is claimed. */
export const claimsDeclared = {
  aim: 'none',
  runbook: '–',
  aliases: ['claimed'],
  name: 'claims',
  summary: 'Lists which services somebody has claimed, until when and why.',
  examples: ['claims'],
  risk: 'read',
  params: z.object({}),
} as const satisfies Declared;
