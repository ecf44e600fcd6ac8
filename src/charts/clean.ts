import type { ChartSample, ChartSpan, HealthChart } from '../core/chart.ts';
import { plainText } from './plain-text.ts';

/** The year 9999: no later moment can be written in four digits. */
const latest = 253_402_300_799_000;

/** No chart is narrower than this, in milliseconds. */
const shortest = 60_000;

/** Slower answers are drawn as this slow, in milliseconds. */
const slowest = 86_400_000;

/**
 * A chart that can be drawn and told whatever was handed in: moments that exist, samples in order and
 * within the window, shares from 0 to 1, texts on one line.
 */
export function cleanChart(chart: HealthChart): HealthChart {
  const from = moment(chart.from);
  const to = Math.max(moment(chart.to), from + shortest);
  const inside = ({ at }: { at: number }) => at >= from && at <= to;
  const offline = chart.offline.flatMap((span) => cleanSpan(span, { from, to })).toSorted(byStart);
  const every = Number.isFinite(chart.every) && chart.every > 0 ? chart.every : shortest;
  return {
    title: plainText(chart.title),
    measure: plainText(chart.measure),
    services: [...new Set(chart.services)],
    from,
    to,
    every,
    limit: bounded(chart.limit, 1),
    samples: chart.samples
      .filter(inside)
      .filter(whileThere(offline))
      .map(cleanSample)
      .toSorted(byTime),
    offline,
    marks: chart.marks
      .filter(inside)
      .map((mark) => ({ ...mark, label: plainText(mark.label) }))
      .toSorted(byTime),
  };
}

const moment = (at: number): number =>
  Math.min(Math.max(Number.isFinite(at) ? at : 0, 0), latest - shortest);

const byTime = (one: { at: number }, other: { at: number }) => one.at - other.at;

const byStart = (one: ChartSpan, other: ChartSpan) => one.from - other.from;

/** Whoever was not there has measured nothing, whatever the figures say. */
const whileThere =
  (offline: readonly ChartSpan[]) =>
  ({ at }: ChartSample): boolean =>
    !offline.some(({ from, to }) => from < at && at < to);

const cleanSample = (sample: ChartSample): ChartSample => ({
  ...sample,
  failing: bounded(sample.failing, 1),
  latency: bounded(sample.latency, slowest),
});

const bounded = (value: number | null, most: number): number | null =>
  value === null || !Number.isFinite(value) ? null : Math.min(Math.max(value, 0), most);

function cleanSpan(span: ChartSpan, window: ChartSpan): ChartSpan[] {
  const from = Math.max(span.from, window.from);
  const to = Math.min(span.to, window.to);
  return from < to ? [{ from, to }] : [];
}
