import { z } from 'zod';

/**
 * The name of a release or of a running copy, as a system gives it. Nothing may stand in it that a shell, a
 * path or Slack would read as more than a name.
 */
export const plainName = (example: string) =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+:-]{0,99}$/, `expected a name such as ${example}`);
