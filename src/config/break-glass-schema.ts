import { z } from 'zod';
import type { BreakGlassRule } from '../core/break-glass.ts';
import { durationBetween } from '../core/duration.ts';
import { slackId, texts } from './file-words.ts';

/** When somebody may do without the approvals of others. */
export const breakGlassSchema = z.strictObject({
  roles: texts.describe('Whoever uses it holds one of these roles.'),
  on_call: texts.describe(
    'And one of these, whose members are on-call lists alone: only who is on call at that moment.',
  ),
  never: z
    .array(z.string())
    .describe('The actions for which it never counts, by name; `[]` when there are none.'),
  notify: z
    .strictObject({
      roles: texts.describe(
        'Everybody with these roles. All who could have approved must be told.',
      ),
      channel: slackId('CG', 'a channel, C…').describe('And this channel.'),
    })
    .describe('Who is told at once.'),
  per_person: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(2)
    .describe('How often a day one person may.'),
  global: z.number().int().min(1).max(50).default(5).describe('How often a day all together may.'),
  review: z
    .strictObject({
      by: texts.describe('The roles that may say how it was. Never who used it.'),
      within: durationBetween('1h', '7d')
        .default(86_400_000)
        .describe('Until when, such as `24h`.'),
    })
    .describe('Who looks at it afterwards; until then the person cannot use it again.'),
  incident: z
    .enum(['required', 'not-required'])
    .default('required')
    .describe('Whether there has to be an open incident of SEV1 or SEV2 about the target.'),
});

/** The rule that the section means. */
export const readBreakGlass = (section: z.infer<typeof breakGlassSchema>): BreakGlassRule => ({
  roles: section.roles,
  onCall: section.on_call,
  never: section.never,
  notify: section.notify,
  perPerson: section.per_person,
  global: section.global,
  review: section.review,
  ...(section.incident === 'required' && { incident: 'required' }),
});
