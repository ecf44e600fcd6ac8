import type { ChartSpan, HealthChart } from '../core/chart.ts';

/** A measured value at a moment, in milliseconds since 1970. */
export interface Point {
  at: number;
  value: number;
}

type Timing = Pick<HealthChart, 'every' | 'offline'>;

/**
 * The unbroken stretches of what was measured. Nothing is drawn across a value that is missing, across
 * more than two samples that are, or across a time in which Gatehouse was offline.
 */
export function stretches(
  samples: readonly { at: number; value: number | null }[],
  timing: Timing,
): Point[][] {
  const all: Point[][] = [];
  let last: number | null = null;
  for (const { at, value } of samples) {
    if (value === null) {
      last = null;
      continue;
    }
    if (last === null || isGap(last, at, timing)) all.push([]);
    all.at(-1)?.push({ at, value });
    last = at;
  }
  return all;
}

/** Whether nobody knows what was between two samples. */
export const isGap = (from: number, to: number, { every, offline }: Timing): boolean =>
  to - from > 2 * every || offline.some((span) => overlaps(span, { from, to }));

const overlaps = (one: ChartSpan, other: ChartSpan): boolean =>
  one.from < other.to && other.from < one.to;
