import type { ChartMark, HealthChart } from '../core/chart.ts';
import { drawNumber } from './draw-marks.ts';
import { drawSwatch } from './draw-offline.ts';
import { ink } from './ink.ts';
import { columns, type Layout } from './layout.ts';
import { drawText, fitting } from './svg.ts';
import { clockFor } from './words.ts';

/** How many lines stand below the hours. */
export const legendLines = (marks: readonly ChartMark[], { offline }: HealthChart): number =>
  marks.length + (offline.length > 0 ? 1 : 0);

/** What the numbers and the hatching mean. */
export function drawLegend(
  chart: HealthChart,
  marks: readonly ChartMark[],
  { legend }: Layout,
): string {
  const say = clockFor(chart);
  const room = columns.right - columns.left - 34;
  const line = (text: string, baseline: number, fill: string) =>
    drawText(columns.left + 34, baseline, fitting(text, room), { fill });
  const numbered = marks.map(({ at, label }, index) => {
    const baseline = legend[index] ?? 0;
    return (
      drawNumber(columns.left + 9, baseline - 5, index + 1) +
      line(`${say(at)}  ${label}`, baseline, ink.strong)
    );
  });
  const baseline = legend[marks.length];
  if (baseline === undefined) return numbered.join('');
  const spans = chart.offline.map(({ from, to }) => `${say(from)}–${say(to)}`).join(', ');
  const sentence = `Gatehouse was offline ${spans}: nothing was measured`;
  return [...numbered, drawSwatch(baseline), line(sentence, baseline, ink.soft)].join('');
}
