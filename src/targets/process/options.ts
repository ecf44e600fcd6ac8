import { isAbsolute } from 'node:path';
import { z } from 'zod';

const path = z.string().refine(isAbsolute, 'expected a path that starts with /');

const instance = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a name of lower-case letters, digits and dashes')
    .describe('What people call the instance; its pid file is `run/NAME.json`.'),
  command: z
    .array(z.string())
    .min(1)
    .describe('The program and its arguments, one by one. No shell reads them.'),
});

/** The section `process` of an environment. */
export const processOptions = z.strictObject({
  directory: path.describe('The folder of the system. Its pid files lie in `run/` there.'),
  instances: z
    .array(instance)
    .min(1)
    .max(32)
    .refine(
      (instances) => new Set(instances.map(({ name }) => name)).size === instances.length,
      'two instances have the same name',
    )
    .describe('The processes that make up the system.'),
  log: path
    .optional()
    .describe(
      'The log file, a JSON object or a time at the start of each line; older parts are `.1`, `.2` and so on.',
    ),
  releases: path
    .optional()
    .describe(
      'The folder of releases: `ID/release.json` in each, and the link `current` to one. Which one was left for which is written to `switches.jsonl` there.',
    ),
});

/** The section `process`, as the schema parsed it. */
export type ProcessOptions = z.infer<typeof processOptions>;
