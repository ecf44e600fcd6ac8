import type { ChartMark, HealthChart } from '../core/chart.ts';
import { drawNumber } from './draw-marks.ts';
import { drawSwatch } from './draw-offline.ts';
import { ink } from './ink.ts';
import { columns, type Layout, mostServices } from './layout.ts';
import { drawText, fitting } from './svg.ts';
import { clockFor } from './words.ts';

/** A line below the hours: a sign, and what it stands for. */
interface LegendLine {
  sign: (baseline: number) => string;
  text: string;
  fill: string;
}

/** What the numbers and the hatching mean, and what there was no room for. */
export function legendOf(chart: HealthChart, marks: readonly ChartMark[]): LegendLine[] {
  const say = clockFor(chart);
  const numbered = marks.map(({ at, label }, index) => ({
    sign: (baseline: number) => drawNumber(columns.left + 9, baseline - 5, index + 1),
    text: `${say(at)}  ${label}`,
    fill: ink.strong,
  }));
  return [...numbered, ...offlineLine(chart), ...moreLine(chart)];
}

function offlineLine(chart: HealthChart): LegendLine[] {
  if (chart.offline.length === 0) return [];
  const say = clockFor(chart);
  const spans = chart.offline.map(({ from, to }) => `${say(from)}–${say(to)}`).join(', ');
  const text = `Nothing was measured while Gatehouse was offline: ${spans}`;
  return [{ sign: drawSwatch, text, fill: ink.soft }];
}

function moreLine({ services }: HealthChart): LegendLine[] {
  const more = services.length - mostServices;
  if (more <= 0) return [];
  const text = `${more} more ${more === 1 ? 'service is' : 'services are'} told of in words only`;
  return [{ sign: () => '', text, fill: ink.soft }];
}

/** Draws the lines where the layout has room for them. */
export const drawLegend = (lines: readonly LegendLine[], { legend }: Layout): string =>
  lines
    .map(({ sign, text, fill }, index) => {
      const baseline = legend[index] ?? 0;
      const room = columns.right - columns.left - 34;
      return sign(baseline) + drawText(columns.left + 34, baseline, fitting(text, room), { fill });
    })
    .join('');
