import { z } from 'zod';
import { durationBetween } from '../../core/duration.ts';
import type { Declared } from '../command.ts';
import { claimDeclared, claimsDeclared, releaseDeclared } from './claim-declared.ts';
import { resumeAllDeclared, stopAllDeclared } from './stop-declared.ts';

/*
 * What the commands about runs declare. All but the audit are `read`: what they do to a run is up to
 * the approval that it needs, not to the grants.
 */

const about = { aim: 'none', runbook: '–', aliases: [] } as const;
/** The examples say RUN: typed as it is, it is none. */
const isNoRun = 'RUN stands for the id of a run: `/auth runs` lists them';
const runId = z
  .array(z.string().max(80))
  .length(1, 'expected one run')
  .refine(([id]) => id !== 'RUN', isNoRun)
  .describe('The run, by its id');
const typedTarget = z
  .string()
  .max(200)
  .optional()
  .describe('The name of the target, where it must be typed');

const oneTimeCode = z
  .string()
  .max(20)
  .optional()
  .describe('The one-time password of your authenticator app, where it is asked for');

/** Says yes to what is planned. */
export const approveDeclared = {
  ...about,
  name: 'approve',
  summary: 'Approves a request that waits, as its button does.',
  examples: ['approve RUN', 'approve RUN --target rms-auth@prod --code 123456'],
  risk: 'read',
  params: z.object({
    words: runId,
    target: typedTarget,
    code: oneTimeCode,
    note: z.string().max(500).optional().describe('A remark that is kept'),
  }),
} as const satisfies Declared;

/** Says that one means what one asked for. */
export const confirmDeclared = {
  ...about,
  name: 'confirm',
  summary: 'Confirms what you asked for yourself, where that is enough.',
  examples: ['confirm RUN'],
  risk: 'read',
  params: z.object({ words: runId, target: typedTarget, code: oneTimeCode }),
} as const satisfies Declared;

/** Says no to what is planned. */
export const denyDeclared = {
  ...about,
  name: 'deny',
  summary: 'Denies a request that waits, with the reason.',
  examples: ['deny RUN "not during the match"'],
  aliases: ['reject'],
  risk: 'read',
  params: z.object({
    words: z
      .array(z.string())
      .min(2, 'expected the run, and why not')
      .describe('The run, and why not'),
  }),
} as const satisfies Declared;

/** Takes back what one asked for. */
export const cancelDeclared = {
  ...about,
  name: 'cancel',
  summary: 'Takes back what you asked for, before it has begun.',
  examples: ['cancel RUN'],
  risk: 'read',
  params: z.object({ words: runId }),
} as const satisfies Declared;

/** Says how it was that somebody did without the approvals of others. */
export const reviewDeclared = {
  ...about,
  name: 'review',
  summary:
    'Reviews a run that was done by break-glass, which its requester needs for the next one.',
  examples: ['review RUN "looked at it with them: the pool was full, a restart was right"'],
  risk: 'read',
  params: z.object({
    words: z
      .array(z.string())
      .min(2, 'expected the run, and how it was')
      .refine((words) => words.join(' ').length <= 1_000, 'expected at most 1,000 characters')
      .describe('The run, and how it was'),
  }),
} as const satisfies Declared;

/** One run in depth. */
export const runDeclared = {
  ...about,
  name: 'run',
  summary: 'Shows everything about one run: plan, votes, steps and what was written down.',
  examples: ['run RUN'],
  risk: 'read',
  params: z.object({ words: runId }),
} as const satisfies Declared;

/** What is going on and what went on. */
export const runsDeclared = {
  ...about,
  name: 'runs',
  summary: 'Lists the runs that are open and the latest that ended.',
  examples: ['runs', 'runs | grep rms-auth'],
  aliases: ['requests'],
  risk: 'read',
  params: z.object({}),
} as const satisfies Declared;

/** Everything that was written down. */
export const auditDeclared = {
  ...about,
  name: 'audit',
  summary: 'Shows what was written down about runs, newest first, twenty records a page.',
  examples: [
    'audit',
    'audit --service rms-auth --since 1d',
    'audit --since 2d --until 1d',
    'audit --run RUN',
    'audit INC-42',
  ],
  risk: 'read-sensitive',
  aside: [
    { key: 'run', looks: /^R-[\w-]{1,60}$/ },
    { key: 'incident', looks: /^inc-\d{1,9}$/i },
  ],
  params: z.object({
    person: z
      .string()
      .regex(/^(?:<@)?[UW][A-Z0-9]{1,20}>?$/, 'expected a person, such as @name or U012ABC')
      .transform((text) => text.replace(/[<@>]/g, ''))
      .optional()
      .describe('Only what this person did'),
    service: z.string().max(80).optional().describe('Only about this service'),
    action: z.string().max(80).optional().describe('Only about this action'),
    run: z
      .string()
      .max(80)
      .refine((id) => id !== 'RUN', isNoRun)
      .optional()
      .describe('Only about this run'),
    incident: z
      .string()
      .regex(/^(?:inc-)?[1-9][0-9]{0,8}$/i, 'expected an incident, such as INC-42')
      .transform((text) => `INC-${text.replace(/^inc-/i, '')}`)
      .optional()
      .describe('Only about this incident and the runs in it'),
    since: durationBetween('1m', '520w').optional().describe('Only what is not older, such as 1d'),
    until: durationBetween('1m', '520w').optional().describe('Only what is not newer, such as 1h'),
    before: z.number().int().positive().optional().describe('Only records before this number'),
  }),
} as const satisfies Declared;

/** Shows what an action would do. */
export const planDeclared = {
  ...about,
  name: 'plan',
  summary: 'Shows what a changing command would do, and does nothing.',
  examples: ['plan restart rms-auth@prod'],
  risk: 'read',
  params: z.object({ words: z.array(z.string()).min(1).describe('The command, with its target') }),
} as const satisfies Declared;

/** All of them, for help and documentation. */
export const aboutRuns: readonly Declared[] = [
  runsDeclared,
  runDeclared,
  approveDeclared,
  confirmDeclared,
  denyDeclared,
  cancelDeclared,
  reviewDeclared,
  planDeclared,
  auditDeclared,
  claimsDeclared,
  claimDeclared,
  releaseDeclared,
  stopAllDeclared,
  resumeAllDeclared,
];
