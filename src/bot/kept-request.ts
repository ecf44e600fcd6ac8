import { z } from 'zod';
import type { Json } from '../core/json.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Asked } from '../handlers/desk.ts';

/** What is kept of a request until it is done, to tell who asked when it was not. */
export interface Kept {
  asked: Asked;
  /** Whether `asked` is all of what was asked. */
  whole: boolean;
}

/** A request that is longer as JSON is kept without its words. */
const longest = 8_000;

/**
 * What was asked, without secrets. Where to answer is the person’s direct messages: the address that
 * Slack gave for the answer lets anybody write there for half an hour, so it is not kept.
 */
export function keepRequest(asked: Asked, redactAll: Redactor['redactAll']): Json {
  const clean = redactAll(asked);
  const text = JSON.stringify(clean);
  const whole = text === JSON.stringify(asked);
  const kept: Kept = text.length <= longest ? { asked: clean, whole } : wordless(clean);
  return JSON.parse(JSON.stringify(kept)) as Json;
}

function wordless(asked: Asked): Kept {
  if ('text' in asked) return { asked: { ...asked, text: '' }, whole: false };
  if (asked.kind === 'click') return { asked: { ...asked, value: '' }, whole: false };
  if (asked.kind !== 'submission') return { asked, whole: false };
  const { callback, asker } = asked;
  return { asked: { kind: 'submission', callback, values: {}, asker }, whole: false };
}

const asker = z.object({ id: z.string(), team: z.string() });
const place = z.object({ channel: z.string(), thread: z.string().nullable() });
const text = z.string();

const keptSchema = z.object({
  whole: z.boolean(),
  asked: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('command'), text, asker, place }),
    z.object({ kind: z.literal('mention'), text, asker, place }),
    z.object({
      kind: z.literal('click'),
      action: z.string(),
      value: z.string(),
      asker,
      place: place.nullable(),
    }),
    z.object({
      kind: z.literal('submission'),
      callback: z.string(),
      values: z.record(z.string(), z.string().nullable()),
      data: z.string().exactOptional(),
      asker,
    }),
    z.object({
      kind: z.literal('shortcut'),
      callback: z.string(),
      text,
      asker,
      place: place.nullable(),
    }),
    z.object({ kind: z.literal('home'), asker }),
  ]),
});

/** What was kept; null when another version kept it in a way that this one cannot read. */
export function readKept(json: Json): Kept | null {
  const read = keptSchema.safeParse(json);
  return read.success ? read.data : null;
}
