import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { defineDriver } from '../core/driver.ts';
import { targetName } from '../core/target.ts';

const options = z.strictObject({
  folder: z
    .string()
    .refine(isAbsolute, 'expected an absolute path')
    .describe(
      'Where it is kept, in a folder for each target. Nobody but Gatehouse’s own user may get in; copy it to where that user cannot write.',
    ),
});

/**
 * Evidence in a folder, each under a name of its own that is written once, with a manifest of hashes.
 * Runbook 003 puts it into /tmp, where everybody reads and nobody knows whether it was changed.
 */
export const evidence = defineDriver({
  name: 'evidence',
  summary: 'Keeps evidence of a service in a folder, written once and with a hash of each file.',
  options,

  async open({ folder }, target, { clock }) {
    const [{ checkKept }, { keepFiles }, { listKept }] = await Promise.all([
      import('./evidence/check.ts'),
      import('./evidence/keep.ts'),
      import('./evidence/list.ts'),
    ]);
    const place = join(folder, targetName(target));
    return {
      capabilities: {
        vault: {
          keep: (name, files, signal) =>
            keepFiles({ folder: place, name, files, at: clock.now() }, signal),
          list: (signal) => listKept(place, signal),
          check: (name, signal) => checkKept(place, name, signal),
        },
      },
      close: async () => {},
    };
  },
});
