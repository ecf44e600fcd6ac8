import { z } from 'zod';

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

type Unit = keyof typeof units;

const shape = /^\s*(?:\d{1,9}(?:\.\d{1,3})?\s*(?:ms|s|m|h|d|w)\s*)+$/i;
const pieces = /(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/gi;

/** Milliseconds of a text such as `15m`, `1h30m`, `2.5 s`; null when it is none. */
export function parseDuration(text: string): number | null {
  if (text.length > 40 || !shape.test(text)) return null;
  const amounts = [...text.matchAll(pieces)].map(
    ([, figure, unit]) => Number(figure) * units[(unit ?? '').toLowerCase() as Unit],
  );
  return Math.round(amounts.reduce((sum, amount) => sum + amount, 0));
}

/** Milliseconds for people, at most two units: `<1 ms`, `850 ms`, `2.5 s`, `3 m 12 s`, `4 d 6 h`. */
export function formatDuration(ms: number): string {
  if (ms > 0 && ms < 0.5) return '<1 ms';
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 9_950) return `${Number((whole / 1_000).toFixed(1))} s`;
  if (whole < 59_500) return `${Math.round(whole / 1_000)} s`;
  if (Math.round(whole / units.s) < 3_600) return pair(whole, 'm', 's');
  if (Math.round(whole / units.m) < 1_440) return pair(whole, 'h', 'm');
  return pair(whole, 'd', 'h');
}

/** Rounded to the small unit first, so that sixty seconds are never shown as such. */
function pair(ms: number, big: Unit, small: Unit): string {
  const smalls = Math.round(ms / units[small]);
  const ratio = units[big] / units[small];
  const rest = smalls % ratio;
  const head = `${Math.floor(smalls / ratio)} ${big}`;
  return rest === 0 ? head : `${head} ${rest} ${small}`;
}

/** Reads a duration of which somebody else knows the bounds, into milliseconds. */
export const anyDuration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  context.addIssue('expected a duration, written like 15m or 1h30m');
  return z.NEVER;
});

/** Reads a duration in configuration and flags, into milliseconds; `least` and `most` are such texts too. */
export const durationBetween = (least: string, most: string) =>
  z.string().transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== null && ms >= (parseDuration(least) ?? 0) && ms <= (parseDuration(most) ?? 0)) {
      return ms;
    }
    context.addIssue(
      `expected a duration between ${least} and ${most}, written like 500ms, 15m or 1h30m`,
    );
    return z.NEVER;
  });
