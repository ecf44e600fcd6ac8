import { z } from 'zod';
import { type Redactor, redacted } from '../../core/redactor.ts';
import type { Asked, FormValues } from '../../handlers/desk.ts';

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
export function keepRequest(asked: Asked, redactAll: Redactor['redactAll']): string {
  const said = wordsIn(asked);
  const clean = withoutCodes(redactAll(said));
  const whole = Object.keys(said).every((name) => equal(said[name], clean[name]));
  const text = JSON.stringify({ asked: { ...asked, ...clean }, whole });
  return text.length <= longest ? text : JSON.stringify(wordless({ ...asked, ...clean }));
}

/**
 * Without anything that may be a one-time password, wherever somebody has put it by mistake: it would
 * still be good for a minute.
 */
function withoutCodes(said: Record<string, unknown>): Record<string, unknown> {
  const { text, values } = said as { text?: string; values?: FormValues };
  return {
    ...said,
    ...(text !== undefined && { text: text.replace(perhapsCode, redacted) }),
    ...(values !== undefined && {
      values: Object.fromEntries(
        Object.entries(values).map(([block, value]) => [
          block,
          value !== null && codeFields.test(block) ? redacted : value,
        ]),
      ),
    }),
  };
}

const perhapsCode = /(?<![\p{L}\p{N}-])\p{Nd}{3}[\s-]?\p{Nd}{3}(?![\p{L}\p{N}-])/gu;
const codeFields = /^(?:param:)?code$/;

/** What a person has said of it: everything else is Slack’s or Gatehouse’s. */
function wordsIn(asked: Asked): Record<string, unknown> {
  if ('text' in asked) return { text: asked.text };
  if (asked.kind === 'click') return { value: asked.value };
  return asked.kind === 'submission' ? { values: asked.values, ...dataOf(asked) } : {};
}

const dataOf = ({ data }: Extract<Asked, { kind: 'submission' }>) =>
  data === undefined ? {} : { data };

const equal = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

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
export function readKept(text: string): Kept | null {
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
