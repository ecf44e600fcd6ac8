import { z } from 'zod';
import { durationBetween } from '../../../core/duration.ts';
import type { Declared } from '../../command.ts';

const about = { aim: 'none', runbook: '001 Incident Response', aliases: [], risk: 'read' } as const;

/** Shows the review, publishes it, or does without one. */
export const reviewDeclared = {
  ...about,
  name: 'incident review',
  summary:
    'Makes the review of an incident from its timeline: a file in its channel, a page, and what is left to be done; --publish closes the incident.',
  examples: [
    'incident review',
    'incident review INC-42 --roles',
    'incident review INC-42 --publish',
    'incident review INC-42 --waive "a drill that everybody knew of"',
  ],
  params: z.object({
    words: z
      .array(z.string().max(20))
      .max(1, 'expected one incident')
      .default([])
      .describe('The incident; that of the channel when it is not said'),
    incident: z.string().max(20).optional().describe('The incident, such as INC-42'),
    roles: z
      .boolean()
      .default(false)
      .describe('Calls people by their roles, so that nobody is named'),
    publish: z.boolean().default(false).describe('Publishes it, which closes the incident'),
    waive: z.string().max(500).optional().describe('Why there will be no review'),
  }),
} as const satisfies Declared;

/** How incidents went. */
export const statsDeclared = {
  ...about,
  name: 'incident stats',
  summary:
    'Says how incidents went: how long it took to notice, acknowledge, mitigate and resolve them, and which promises were kept.',
  examples: ['incident stats', 'incident stats 90d --service rms-auth'],
  params: z.object({
    words: z
      .array(durationBetween('1h', '3650d'))
      .max(1, 'expected one duration such as 30d')
      .default([])
      .describe('How far back, such as 30d'),
    service: z.string().max(80).optional().describe('Only about this service'),
  }),
} as const satisfies Declared;
