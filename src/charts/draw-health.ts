import type { HealthChart } from '../core/chart.ts';
import type { Health } from '../core/health.ts';
import { type HealthSpan, healthSpans } from './health-spans.ts';
import { healthInk, ink } from './ink.ts';
import { columns, type Layout, type Place } from './layout.ts';
import { plainText } from './plain-text.ts';
import { drawBox, drawRule, drawText, fitting } from './svg.ts';
import { healthWord } from './words.ts';

/** The worse, the higher: whoever cannot tell the colours apart sees it all the same. */
const heights: Readonly<Record<Health, number>> = { up: 5, degraded: 10, down: 16, unknown: 3 };

/** One row per service: its name, how it was, and in a word how it was last seen. */
export const drawHealth = (chart: HealthChart, layout: Layout): string =>
  layout.services
    .map((place, index) => drawRow(chart, layout, place, chart.services[index] ?? ''))
    .join('');

function drawRow(chart: HealthChart, { x }: Layout, place: Place, service: string): string {
  const spans = healthSpans(chart, service);
  const middle = (place.top + place.bottom) / 2;
  const last = spans.at(-1)?.health;
  const name = fitting(plainText(service), columns.plot - columns.left - 8, 13);
  const line = `stroke="${ink.rule}" stroke-width="1"`;
  return [
    drawText(columns.left, middle + 5, name, { size: 13 }),
    drawRule(columns.plot, place.bottom, columns.plotEnd, place.bottom, line),
    ...spans.map((span) => drawSpan(span, x(span.from), x(span.to), place)),
    last &&
      drawText(columns.plotEnd + 8, middle + 5, healthWord[last], {
        fill: healthInk[last],
        bold: true,
        size: 13,
      }),
  ].join('');
}

function drawSpan({ health }: HealthSpan, from: number, to: number, { bottom }: Place): string {
  const height = heights[health];
  const width = Math.max(to - from, 1);
  const box = { x: from, y: bottom - height, width, height };
  return drawBox(box, `fill="${healthInk[health]}"`);
}
