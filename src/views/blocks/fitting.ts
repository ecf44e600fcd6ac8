import type { KnownBlock } from '@slack/types';
import { countFitting } from '../text/count-fitting.ts';
import { context, limits, sizeOf } from './blocks.ts';

/**
 * As many of the blocks as a message holds, then `last`, which always stays. When something had to go,
 * it says how much.
 */
export function fitting(
  blocks: readonly KnownBlock[],
  last: readonly KnownBlock[],
  most: number = limits.blocks,
): KnownBlock[] {
  const room = limits.sum - sizeOf(last) - noteSize;
  const places = most - last.length - 1;
  const cut = Math.min(places, countFitting(blocks.map(sizeOf), room));
  if (cut >= blocks.length) return [...blocks, ...last];
  const note = context(
    `${blocks.length - cut} more parts do not fit into one message: ask for less.`,
  );
  return [...blocks.slice(0, cut), note, ...last];
}

const noteSize = 120;
