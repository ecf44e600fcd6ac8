import { z } from 'zod';
import { incidentRoles } from '../../../core/incident.ts';

/*
 * What the commands about incidents declare. All of them are `read`: who may do what in an incident is up to
 * who leads it and to the roles of the incident's own rules, not to the grants.
 */

/** What all of them have in common. */
export const about = {
  aim: 'none',
  runbook: '001 Incident Response',
  aliases: [],
  risk: 'read',
} as const;

/** `INC-42` among the words says which incident is meant; for commands whose words are not any text. */
export const incidentAside = [{ key: 'incident', looks: /^inc-?\d{1,9}$/i }] as const;

/** Which incident is meant, where it is not the one of the channel. */
export const incident = z
  .string()
  .max(20)
  .optional()
  .describe('The incident, such as INC-42; that of the channel when it is not said');

/** Any words. */
export const words = (what: string) => z.array(z.string().max(500)).describe(what);

/** No words at all. */
export const noWords = z.array(z.string()).max(0, 'expected nothing more').default([]);

/** Why, for the timeline. */
export const reason = z.string().max(500).optional().describe('Why, for the timeline');

/** What people take over. */
export const role = z.enum(incidentRoles);

/** Somebody as Slack writes them, by id. */
export const person = z
  .string()
  .regex(/^(?:<@)?[UW][A-Z0-9]{1,20}>?$/, 'expected a person, such as @name')
  .transform((text) => text.replace(/[<@>]/g, ''));
