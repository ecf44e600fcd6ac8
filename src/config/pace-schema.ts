import { z } from 'zod';
import { type PaceLimits, usualPace } from '../core/pace.ts';
import { limit } from './limits-schema.ts';

/** Whatever is not named itself. */
const others = 'all';
const methods = Object.keys(usualPace);

const method = z
  .string()
  .refine(
    (name) => name === others || methods.includes(name),
    `expected ${others} or one of ${methods.join(', ')}`,
  );

/** How fast Slack may be called, in the section `slack` of the configuration file. */
export const paceSchema = z
  .record(method, limit)
  .default({})
  .describe(
    'How often all bots together call a method of Slack within a while, such as `chat.postMessage: 300/1m`; `all` is whatever is not named, `none` keeps no pace. Left out: what Slack publishes.',
  );

/** The usual pace, and what the file says instead. */
export function readPace(said: z.infer<typeof paceSchema>): PaceLimits {
  const limits = methods.flatMap((name) => {
    const [first] = [said[name], said[others], usualPace[name]].filter((one) => one !== undefined);
    return first ? [[name, first] as const] : [];
  });
  return Object.fromEntries(limits);
}
