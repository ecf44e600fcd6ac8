import { z } from 'zod';
import { durationBetween } from '../core/duration.ts';
import { incidentRoles, incidentStates } from '../core/incident.ts';
import type { Declared } from './command.ts';

/*
 * What the commands about incidents declare. All of them are `read`: who may do what in an incident is up to
 * who leads it and to the roles of the incident's own rules, not to the grants.
 */

const about = { aim: 'none', runbook: '001 Incident Response', aliases: [], risk: 'read' } as const;

/** Which incident is meant, where it is not the one of the channel. */
const incident = z
  .string()
  .max(20)
  .optional()
  .describe('The incident, such as INC-42; that of the channel when it is not said');
const words = (what: string) => z.array(z.string().max(500)).describe(what);
const noWords = z.array(z.string()).max(0, 'expected nothing more').default([]);
const some = (what: string) => words(what).min(1, `expected ${what}`);

/** Declares an incident. */
export const startDeclared = {
  ...about,
  name: 'incident start',
  summary:
    'Declares an incident: makes its channel, calls who is on call, and keeps everybody informed.',
  examples: ['incident start sev1 login down', 'incident start sev2 rms-auth@prod slow sign-in'],
  aliases: ['incident declare', 'incident new'],
  params: z.object({
    words: words('How bad it is, what it is about, and what is wrong').min(
      1,
      'expected how bad it is and what is wrong, such as `sev1 login down`',
    ),
    security: z
      .boolean()
      .default(false)
      .describe('Whether it is about security: its channel is private'),
    quiet: z.boolean().default(false).describe('Calls nobody'),
  }),
} as const satisfies Declared;

/** Lists incidents. */
export const listDeclared = {
  ...about,
  name: 'incident list',
  summary: 'Lists the open incidents, or with --all the newest of all.',
  examples: ['incident list', 'incident list --all --service rms-auth'],
  aliases: ['incidents'],
  params: z.object({
    words: noWords,
    all: z.boolean().default(false).describe('Also those that are over'),
    service: z.string().max(80).optional().describe('Only about this service'),
  }),
} as const satisfies Declared;

/** Shows one. */
export const showDeclared = {
  ...about,
  name: 'incident show',
  summary: 'Shows an incident as it is now.',
  examples: ['incident show', 'incident show INC-42'],
  aliases: ['incident', 'incident status'],
  params: z.object({
    words: words('The incident').max(1, 'expected one incident').default([]),
    incident,
  }),
} as const satisfies Declared;

/** Says that somebody is on it. */
export const acknowledgeDeclared = {
  ...about,
  name: 'incident ack',
  summary: 'Says that you are on it; --undo takes it back.',
  examples: ['incident ack', 'incident ack --incident INC-42'],
  aliases: ['incident acknowledge'],
  params: z.object({
    words: noWords,
    incident,
    undo: z.boolean().default(false).describe('Takes the acknowledgement back'),
  }),
} as const satisfies Declared;

/** Tells the channel something, and resets the clock. */
export const updateDeclared = {
  ...about,
  name: 'incident update',
  summary: 'Posts an update into the channel of the incident; without words a form asks for it.',
  examples: ['incident update "the new signing key is bad; rolling back"'],
  aliases: [],
  params: z.object({
    words: some('what is known'),
    incident,
    next: durationBetween('5m', '1d')
      .optional()
      .describe('When the next update comes, such as 30m'),
    doing: z.string().max(2_000).optional().describe('What is being done'),
  }),
} as const satisfies Declared;

/** Moves it on. */
export const stateDeclared = {
  ...about,
  name: 'incident state',
  summary: 'Moves the incident on: investigating, identified, mitigating or monitoring.',
  examples: [
    'incident state identified',
    'incident state investigating --reason "it was not the key"',
  ],
  params: z.object({
    words: z
      .array(z.enum(incidentStates))
      .length(1, 'expected one state')
      .describe('investigating, identified, mitigating or monitoring'),
    incident,
    reason: z.string().max(500).optional().describe('Why; needed to go back'),
  }),
} as const satisfies Declared;

/** Changes how bad it is. */
export const severityDeclared = {
  ...about,
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
    reason: z.string().max(500).optional().describe('Why'),
  }),
} as const satisfies Declared;

const role = z.enum(incidentRoles);

/** Takes a role, or lets go of it. */
export const takeDeclared = {
  ...about,
  name: 'incident take',
  summary: 'Takes a role that nobody has, or that its holder gives you; --leave lets go of it.',
  examples: ['incident take commander', 'incident take scribe --leave'],
  params: z.object({
    words: z.array(role).length(1, 'expected a role').describe(incidentRoles.join(', ')),
    incident,
    leave: z.boolean().default(false).describe('Lets go of it'),
  }),
} as const satisfies Declared;

/** Offers a role to somebody. */
export const giveDeclared = {
  ...about,
  name: 'incident give',
  summary:
    'Offers a role to somebody, who accepts or refuses; it stays with its holder until then.',
  examples: ['incident give @somebody', 'incident give @somebody communications'],
  aliases: ['incident handover'],
  params: z.object({
    words: some('whom, and which role').max(2, 'expected a person and a role'),
    incident,
  }),
} as const satisfies Declared;

/** How often updates come. */
export const cadenceDeclared = {
  ...about,
  name: 'incident cadence',
  summary: 'Sets how often updates come, such as 30m, within the bounds of the severity.',
  examples: ['incident cadence 30m'],
  params: z.object({
    words: z
      .array(z.string().max(40))
      .length(1, 'expected a duration such as 30m')
      .describe('How often'),
    incident,
    reason: z.string().max(500).optional().describe('Why, where it is longer than usual'),
  }),
} as const satisfies Declared;

/** Calls somebody. */
export const escalateDeclared = {
  ...about,
  name: 'incident escalate',
  summary:
    'Calls somebody of the ladder, such as manager or security, with everything that is known.',
  examples: ['incident escalate manager "five minutes without any sign-in"'],
  params: z.object({ words: some('whom to call, and why'), incident }),
} as const satisfies Declared;
