import { z } from 'zod';
import { durationBetween } from '../../../core/duration.ts';
import { impacts } from '../../../core/incident.ts';
import type { Declared } from '../../command.ts';
import { about, incident, incidentAside, reason, words } from './about.ts';

/** It is over. */
export const resolveDeclared = {
  ...about,
  name: 'incident resolve',
  summary: 'Resolves the incident: a form asks what fixed it, and has the rest filled in.',
  examples: ['incident resolve', 'incident resolve "rolled back to 2.3.1"'],
  params: z.object({
    words: words('What fixed it').default([]),
    incident,
    now: z.boolean().default(false).describe('At once, without the form'),
    cause: z
      .enum(['known', 'suspected', 'unknown'])
      .default('unknown')
      .describe('Whether the cause is known'),
  }),
} as const satisfies Declared;

/** It is not over after all. */
export const reopenDeclared = {
  ...about,
  name: 'incident reopen',
  summary: 'Opens a resolved incident again, with what is wrong again.',
  examples: ['incident reopen "sign-in fails again for one tenant"'],
  params: z.object({ words: words('What is wrong again').default([]), incident }),
} as const satisfies Declared;

/** It was none. */
export const cancelDeclaredIncident = {
  ...about,
  name: 'incident cancel',
  summary: 'Cancels an incident that is none, or that is part of another one.',
  examples: ['incident cancel false-alarm', 'incident cancel duplicate --of INC-41'],
  params: z.object({
    words: z
      .array(z.enum(['false-alarm', 'duplicate', 'superseded']))
      .max(1, 'expected one reason')
      .describe('false-alarm, duplicate or superseded'),
    incident,
    of: z.string().max(20).optional().describe('The other incident, such as INC-41'),
  }),
} as const satisfies Declared;

/** Watches on. */
export const watchDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident watch',
  summary: 'Watches the checks for longer before it can be resolved.',
  examples: ['incident watch 30m'],
  params: z.object({
    words: z
      .array(durationBetween('1m', '1d'))
      .max(1, 'expected a duration such as 30m')
      .describe('How much longer; 15m when it is not said'),
    incident,
  }),
} as const satisfies Declared;

/** Whether it is about security. */
export const securityDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident security',
  summary: 'Says that it is about security, which makes its channel private, or that it is not.',
  examples: ['incident security yes', 'incident security no --reason "it was a load test"'],
  params: z.object({
    words: z
      .array(z.enum(['yes', 'no']))
      .length(1, 'expected yes or no')
      .describe('yes or no'),
    incident,
    reason,
  }),
} as const satisfies Declared;

/** What it is called. */
export const titleDeclared = {
  ...about,
  name: 'incident title',
  summary: 'Calls the incident something else.',
  examples: ['incident title "Password sign-in fails for one tenant"'],
  params: z.object({ words: words('The title').min(1, 'expected the title'), incident }),
} as const satisfies Declared;

/** Who is hit. */
export const impactDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident impact',
  summary: 'Says who is hit and what does not work for them.',
  examples: ['incident impact all-users password'],
  params: z.object({
    words: z.array(z.enum(impacts)).min(1, 'expected who is hit').describe(impacts.join(', ')),
    incident,
  }),
} as const satisfies Declared;

/** What it is about. */
export const targetDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident target',
  summary: 'Says which service the incident is about: its checks are looked at from then on.',
  examples: ['incident target rms-auth@prod'],
  aim: 'one',
  params: z.object({ incident }),
} as const satisfies Declared;
