import { z } from 'zod';
import type { Declared } from '../../command.ts';
import { about, incident, noWords, words } from './about.ts';

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
  summary: 'Shows an incident as it is now, and who can be called.',
  examples: ['incident show', 'incident show INC-42'],
  aliases: ['incident', 'incident status', 'incident contacts', 'incident ladder'],
  params: z.object({
    words: words('The incident').max(1, 'expected one incident').default([]),
    incident,
  }),
} as const satisfies Declared;

/** Everything that happened. */
export const timelineDeclared = {
  ...about,
  name: 'incident timeline',
  summary: 'Shows what happened in an incident, the newest lines; --all sends all of them.',
  examples: ['incident timeline', 'incident timeline INC-42 --all'],
  aliases: ['incident log'],
  params: z.object({
    words: words('The incident').max(1, 'expected one incident').default([]),
    incident,
    all: z.boolean().default(false).describe('All of it, as a file where it is long'),
  }),
} as const satisfies Declared;
