import { z } from 'zod';

/**
 * What everybody reads meanwhile. It may end up in a page, so that nothing that is markup to a browser,
 * and nothing that cannot be seen, may stand in it.
 */
export const messageParam = z
  .string()
  .min(1)
  .max(200)
  .refine(
    (text) => !/[<>&`\\]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) && text.isWellFormed(),
    'expected one line of plain text without < > & ` and \\',
  )
  .default('We are working on it and will be back soon.')
  .describe('What people read meanwhile: one line of plain text.');
