import { z } from 'zod';
import { anyDuration, durationBetween } from '../../../core/duration.ts';
import type { Declared } from '../../command.ts';
import { about, incident, incidentAside, reason, words } from './about.ts';

/** Tells the channel something, and resets the clock. */
export const updateDeclared = {
  ...about,
  name: 'incident update',
  summary: 'Posts an update into the channel of the incident; without words a form asks for it.',
  examples: ['incident update "the new signing key is bad; rolling back"'],
  aliases: [],
  params: z.object({
    words: words('What is known').default([]),
    incident,
    next: anyDuration.optional().describe('When the next update comes, such as 30m'),
    reason: reason.describe('Why, where the next one comes later than usual'),
    doing: z.string().max(2_000).optional().describe('What is being done'),
  }),
} as const satisfies Declared;

/** How often updates come. */
export const cadenceDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident cadence',
  summary: 'Sets how often updates come, such as 30m, within the bounds of the severity.',
  examples: ['incident cadence 30m'],
  params: z.object({
    words: z
      .array(anyDuration)
      .length(1, 'expected one duration such as 30m')
      .describe('How often'),
    incident,
    reason: reason.describe('Why, where it is longer than usual'),
  }),
} as const satisfies Declared;

/** Puts reminders off. */
export const snoozeDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident snooze',
  summary: 'Puts the reminders off, once in a row; updates come all the same.',
  examples: ['incident snooze 30m'],
  params: z.object({
    words: z
      .array(durationBetween('1m', '1d'))
      .max(1, 'expected 15m, 30m or 60m')
      .describe('How long; 15m when it is not said'),
    incident,
  }),
} as const satisfies Declared;

/** Puts a sentence on the timeline. */
export const noteDeclared = {
  ...about,
  name: 'incident note',
  summary: 'Puts a sentence on the timeline, without telling anybody.',
  examples: ['incident note "the new key was signed with the old root"'],
  params: z.object({
    words: words('What to write down').min(1, 'expected what to write down'),
    incident,
  }),
} as const satisfies Declared;
