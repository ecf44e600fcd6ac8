import { z } from 'zod';
import { incidentStates } from '../../../core/incident.ts';
import type { Declared } from '../../command.ts';
import { about, incident, incidentAside, noWords, reason, words } from './about.ts';

/** Declares an incident. */
export const startDeclared = {
  ...about,
  name: 'incident start',
  summary:
    'Declares an incident: makes its channel, calls who is on call, and keeps everybody informed.',
  examples: ['incident start sev1 login down', 'incident start sev2 rms-auth@prod slow sign-in'],
  aliases: ['incident declare', 'incident new'],
  params: z.object({
    words: words(
      'How bad it is, what it is about, and what is wrong; a form asks when nothing is said',
    ).default([]),
    security: z
      .boolean()
      .default(false)
      .describe('Whether it is about security: its channel is private'),
    quiet: z.boolean().default(false).describe('Calls nobody'),
    another: z
      .boolean()
      .default(false)
      .describe('Also where the same service was declared a moment ago'),
  }),
} as const satisfies Declared;

/** Says that somebody is on it. */
export const acknowledgeDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident ack',
  summary: 'Says that you are on it; --undo takes it back.',
  examples: ['incident ack', 'incident ack INC-42'],
  aliases: ['incident acknowledge'],
  params: z.object({
    words: noWords,
    incident,
    undo: z.boolean().default(false).describe('Takes the acknowledgement back'),
  }),
} as const satisfies Declared;

/** What an incident is not simply moved to is refused later, with what to do instead. */
const movable = 'expected investigating, identified, mitigating or monitoring';

/** Moves it on. */
export const stateDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident state',
  summary: 'Moves the incident on: investigating, identified, mitigating or monitoring.',
  examples: [
    'incident state identified',
    'incident state investigating --reason "it was not the key"',
  ],
  params: z.object({
    words: z
      .array(z.enum(incidentStates, movable))
      .length(1, 'expected one state')
      .describe('investigating, identified, mitigating or monitoring'),
    incident,
    reason: reason.describe('Why; needed to go back'),
  }),
} as const satisfies Declared;

/** Changes how bad it is. */
export const severityDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident sev',
  summary: 'Changes the severity, or confirms it.',
  examples: ['incident sev 1', 'incident sev 3 --reason "only the admin page"'],
  aliases: ['incident severity'],
  params: z.object({
    words: z
      .array(z.string().max(20))
      .length(1, 'expected a severity, 1 to 4')
      .describe('The severity'),
    incident,
    reason,
  }),
} as const satisfies Declared;
