import type { HealthChart } from '../core/chart.ts';
import { cleanChart } from './clean.ts';
import { drawAxis } from './draw-axis.ts';
import { type Curve, drawCurve } from './draw-curve.ts';
import { drawHealth } from './draw-health.ts';
import { drawLegend, legendOf } from './draw-legend.ts';
import { drawMarks, shownMarks } from './draw-marks.ts';
import { drawOffline, hatch } from './draw-offline.ts';
import { ink } from './ink.ts';
import { columns, layOut } from './layout.ts';
import { drawText, fitting, widthOf } from './svg.ts';
import { clockFor, percent, took } from './words.ts';

/** A drawing, and how large it is in its own units. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
}

/** Draws a chart, whatever it was given. Texts are escaped; the paths hold finite numbers only. */
export function chartSvg(given: HealthChart): Drawing {
  const chart = cleanChart(given);
  const marks = shownMarks(chart.marks);
  const latency = latencyOf(chart);
  const legend = legendOf(chart, marks);
  const contents = {
    services: chart.services.length,
    marks: marks.length,
    latency: latency !== null,
    legend: legend.length,
  };
  const layout = layOut(chart, contents);
  const { width } = columns;
  const parts = [
    hatch,
    `<rect width="${width}" height="${layout.height}" rx="10" fill="${ink.card}"/>`,
    drawHeading(chart),
    drawHealth(chart, layout),
    drawCurve(chart, layout, layout.failing, failingOf(chart)),
    latency && layout.latency ? drawCurve(chart, layout, layout.latency, latency) : '',
    drawOffline(chart, layout),
    drawMarks(marks, layout),
    drawAxis(chart, layout),
    drawLegend(legend, layout),
  ];
  const size = `width="${width}" height="${layout.height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Inter">${parts.join('')}</svg>`;
  return { svg, width, height: layout.height };
}

function drawHeading(chart: HealthChart): string {
  const { left, right } = columns;
  const say = clockFor(chart);
  const window = `${say(chart.from)}–${say(chart.to)} UTC`;
  const room = right - left - widthOf(window, 13) - 16;
  return [
    drawText(left, 36, fitting(chart.title, room, 18), { bold: true, size: 18 }),
    drawText(right, 36, window, { fill: ink.soft, size: 13, anchor: 'end' }),
  ].join('');
}

const failingOf = ({ samples, measure, limit }: HealthChart): Curve => ({
  name: measure,
  colour: ink.failing,
  points: samples.map(({ at, failing }) => ({ at, value: failing })),
  top: Math.max(0.1, (limit ?? 0) * 1.5),
  most: 1,
  limit,
  say: percent,
});

/** Null when it was never measured: an empty field would only take room. */
function latencyOf({ samples }: HealthChart): Curve | null {
  const points = samples.map(({ at, latency }) => ({ at, value: latency }));
  if (points.every(({ value }) => value === null)) return null;
  const fixed = { top: 100, most: Number.MAX_SAFE_INTEGER, limit: null };
  return { name: 'Response time', colour: ink.latency, points, ...fixed, say: took };
}
