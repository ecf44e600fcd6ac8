import { z } from 'zod';
import { lastingBetween, lastingMs } from '../lasting.ts';

/** What `keys rotate` can be told. */
export const rotateParams = z.strictObject({
  mode: z
    .enum(['graceful', 'now'])
    .default('graceful')
    .describe('`graceful` accepts the old key for a while; `now` ends every token it signed.'),
  overlap: lastingBetween('5m', '24h')
    .optional()
    .describe('How long the old key is accepted, from 5m to 24h; 1h when not given.'),
});

/** What was asked for. */
export type RotateParams = z.infer<typeof rotateParams>;

/** How long the old key goes on being accepted, in milliseconds; 0 when it ends at once. */
export const overlapOf = ({ mode, overlap }: RotateParams): number =>
  mode === 'now' ? 0 : lastingMs(overlap ?? '1h');

/** What the one step works from. */
export const rotateArgs = z.object({ expected: z.string(), overlap: z.number() });
