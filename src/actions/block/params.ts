import { z } from 'zod';
import type { Result } from '../../core/result.ts';
import { forBetween } from '../lasting.ts';
import { readAddress, readListed } from './address.ts';
import type { Network } from './network.ts';

/** A text that this reads, and else its sentence. */
const readBy = (read: (text: string) => Result<Network, string>) =>
  z.string().superRefine((text, context) => {
    const found = read(text);
    if (!found.ok) context.addIssue(found.error);
  });

/** What is to be blocked. */
export const blockedAddress = readBy(readAddress).describe(
  'The address or range, such as 203.0.113.7, 203.0.113.0/28 or 2001:db8::/64.',
);

/** What is to be blocked no longer. */
export const listedAddress = readBy(readListed).describe(
  'The address or range, as `blocks` shows it.',
);

/** For how long. */
export const forHowLong = forBetween('5m', '7d')
  .default('1h')
  .describe('How long it lasts, from 5m to 7d; 1h when not given. Then it ends by itself.');
