import { z } from 'zod';
import type { Asked } from '../desk.ts';

const place = { channel: z.string(), ts: z.string() };
const asker = z.object({ id: z.string(), team: z.string() });

/** What a change of a message is kept as until it is done. */
const keptSchema = z.object({
  noticed: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('marked'), how: z.enum(['reaction', 'pin']), ...place, asker }),
    z.object({ kind: z.literal('edited'), ...place }),
  ]),
});

/**
 * Something that was done to a message of a channel. What became of the message is not in it: that is looked
 * up when it is handled, so that copies and late news do no harm.
 */
export type Noticed =
  | z.infer<typeof keptSchema>['noticed']
  /** Somebody has said something. */
  | { kind: 'spoke'; channel: string; by: string };

/** What of it must not get lost. */
export type KeptNoticed = Exclude<Noticed, { kind: 'spoke' }>;

/** Which reactions put a message onto the timeline. */
export const timelineMarks: readonly string[] = ['pushpin', 'round_pushpin', 'memo'];

/** The message shortcut that does so. */
export const noteShortcut = 'note-message';

/** The message that somebody wants on the timeline; null when something else is asked. */
export const noteAskedIn = (asked: Asked): { channel: string; ts: string } | null =>
  asked.kind === 'shortcut' && asked.callback === noteShortcut ? (asked.message ?? null) : null;

/** What is kept of it, as JSON; null of what changes nothing that could get lost. */
export const keepNoticed = (noticed: Noticed): string | null =>
  noticed.kind === 'spoke' ? null : JSON.stringify({ noticed });

/** What was kept; null when it is something else. */
export function readNoticed(text: string): KeptNoticed | null {
  try {
    return keptSchema.parse(JSON.parse(text)).noticed;
  } catch {
    return null;
  }
}
