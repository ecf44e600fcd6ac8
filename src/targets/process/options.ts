import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { durationBetween } from '../../core/duration.ts';

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
  ready: z
    .url({
      protocol: /^(?:https?|tcp)$/,
      error: 'expected an address that starts with http://, https:// or tcp://',
    })
    .refine(
      (url) => !url.startsWith('tcp:') || /^tcp:\/\/[^/]+:\d+$/.test(url),
      'expected a host and a port, such as tcp://127.0.0.1:6379',
    )
    .refine(
      (url) => new URL(url).username === '',
      'an address must not hold a user name or a password',
    )
    .optional()
    .describe(
      'An address of this one instance that answers with a status from 200 to 299 once it takes requests, or `tcp://HOST:PORT` where it is enough that it takes connections. Without it an instance counts as ready as soon as it runs.',
    ),
});

/** The section `process` of an environment. */
export const processOptions = z
  .strictObject({
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
    copies: z
      .int()
      .min(1)
      .optional()
      .describe(
        'How many of the instances run, the first ones of the list, until somebody scales the service to another number of them; that is then written to `copies.json` in the folder of the system. Without it all of them run and it cannot be scaled.',
      ),
    ready_within: durationBetween('1s', '20s')
      .prefault('20s')
      .describe('How long an instance may take from its start until it is ready.'),
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
  })
  .refine(({ copies = 0, instances }) => copies <= instances.length, {
    path: ['copies'],
    error: 'more copies than there are instances',
  });

/** The section `process`, as the schema parsed it. */
export type ProcessOptions = z.infer<typeof processOptions>;
