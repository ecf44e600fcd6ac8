import { z } from 'zod';
import { durationBetween } from '../../../core/duration.ts';
import { type IncidentRole, incidentRoles } from '../../../core/incident.ts';
import type { Declared } from '../../command.ts';
import { about, incident, incidentAside, person, role, words } from './about.ts';

/** Takes a role, or lets go of it. */
export const takeDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident take',
  summary: 'Takes a role that nobody has, or that its holder gives you; --leave lets go of it.',
  examples: ['incident take commander', 'incident take scribe --leave'],
  params: z.object({
    words: z.array(role).length(1, 'expected a role').describe(incidentRoles.join(', ')),
    incident,
    leave: z.boolean().default(false).describe('Lets go of it'),
  }),
} as const satisfies Declared;

/** Lets somebody into the channel. */
export const joinDeclared = {
  ...about,
  name: 'incident join',
  summary: 'Invites you to the channel of an incident.',
  examples: ['incident join INC-42'],
  params: z.object({
    words: words('The incident').max(1, 'expected one incident').default([]),
    incident,
  }),
} as const satisfies Declared;

/** A person and a role, in any order; the form asks for the person when only a role was said. */
const whomAndWhat = z
  .array(z.string().max(80))
  .max(2, 'expected a person and a role')
  .transform((said, context) => {
    let to: string | null = null;
    let given: IncidentRole = 'commander';
    for (const text of said) {
      const asRole = role.safeParse(text.toLowerCase());
      const asPerson = person.safeParse(text);
      if (asRole.success) given = asRole.data;
      else if (asPerson.success) to = asPerson.data;
      else
        context.addIssue(
          `expected a person, such as @name, or a role: ${incidentRoles.join(', ')}`,
        );
    }
    return { to, role: given };
  })
  .describe('Whom, and which role; commander when it is not said');

/** Offers a role to somebody. */
export const giveDeclared = {
  ...about,
  aside: incidentAside,
  name: 'incident give',
  summary:
    'Offers a role to somebody, who accepts or refuses; it stays with its holder until then.',
  examples: ['incident give @somebody', 'incident give @somebody communications'],
  aliases: ['incident handover'],
  params: z.object({
    words: whomAndWhat,
    incident,
  }),
} as const satisfies Declared;

/** Calls somebody. */
export const escalateDeclared = {
  ...about,
  name: 'incident escalate',
  summary:
    'Calls somebody of the ladder, such as manager or security, with everything that is known.',
  examples: ['incident escalate manager "five minutes without any sign-in"'],
  params: z.object({ words: words('Whom to call, and why').default([]), incident }),
} as const satisfies Declared;

/** What is to be done afterwards. */
export const followUpDeclared = {
  ...about,
  name: 'incident followup',
  summary:
    'What is to be done after the incident: adds it, says that it is done, or lists all of it.',
  examples: [
    'incident followup add "alert on the age of keys" --due 2w',
    'incident followup done F1',
    'incident followup list',
  ],
  aliases: ['incident followups'],
  params: z.object({
    words: words('add and what, done and which, or list')
      .default([])
      .refine(
        ([what = 'list']) => ['add', 'done', 'list'].includes(what),
        'expected add, done or list',
      ),
    incident,
    owner: person.optional().describe('Who sees to it'),
    due: durationBetween('1h', '52w').optional().describe('By when, such as 2w'),
  }),
} as const satisfies Declared;
