import { z } from 'zod';
import type { Declared } from '../command.ts';

const about = { aim: 'none', runbook: '–', aliases: [] } as const;
const reason = z
  .array(z.string())
  .refine(
    (words) => /[\p{L}\p{N}]/u.test(words.join(' ')),
    'expected the reason, for everybody else',
  )
  .refine((words) => words.join(' ').length <= 500, 'expected at most 500 characters')
  .describe('Why');

/** Stops every change at once. `read`, because who may is up to what they may ask for, not to the grants. */
export const stopAllDeclared = {
  ...about,
  name: 'stop-all',
  summary: 'Stops every change, at once and without approval; reading goes on.',
  examples: ['stop-all "login storm, nobody touches anything"'],
  risk: 'read',
  params: z.object({ words: reason }),
} as const satisfies Declared;

/** Says that changes may go on. */
export const resumeAllDeclared = {
  ...about,
  name: 'resume-all',
  summary: 'Says that changes may go on; they do when a second person says so within an hour.',
  examples: ['resume-all'],
  risk: 'read',
  params: z.object({}),
} as const satisfies Declared;
