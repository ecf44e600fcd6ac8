import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { HealthChart } from '../core/chart.ts';
import { type Point, stretches } from './gaps.ts';
import { ink } from './ink.ts';
import { columns, type Layout, type Place } from './layout.ts';
import { coordinate, drawRule, drawText, fitting } from './svg.ts';

/** A curve with what stands beside it. */
export interface Curve {
  name: string;
  colour: string;
  points: readonly { at: number; value: number | null }[];
  /** What is at the top of the field at least. */
  top: number;
  /** What cannot be exceeded, such as 1 for a share. */
  most: number;
  limit: number | null;
  /** How a value is told. */
  say(value: number): string;
}

/** A field with a curve in it. Nothing is drawn where nothing was measured; one point is a dot. */
export function drawCurve(chart: HealthChart, layout: Layout, place: Place, curve: Curve): string {
  const parts = stretches(curve.points, chart);
  const values = parts.flat().map(({ value }) => value);
  const highest = Math.max(curve.top, ...values) * 1.12;
  const y = scaleLinear([0, Math.min(highest, curve.most * 1.04)], [place.bottom, place.top]);
  const at = ({ at: moment }: Point) => layout.x(moment);
  const up = ({ value }: Point) => y(value);
  const floor = `stroke="${ink.rule}" stroke-width="1"`;
  return [
    drawRule(columns.plot, place.bottom, columns.plotEnd, place.bottom, floor),
    ...parts.map((part) => drawStretch(part, at, up, place.bottom, curve.colour)),
    drawLimit(curve, y),
    drawFigures(place, curve, values),
    drawLast(curve, parts.at(-1)?.at(-1), y),
  ].join('');
}

type Along = (point: Point) => number;

function drawStretch(part: Point[], x: Along, y: Along, floor: number, colour: string): string {
  const [first] = part;
  if (first && part.length === 1) {
    return `<circle cx="${coordinate(x(first))}" cy="${coordinate(y(first))}" r="3" fill="${colour}"/>`;
  }
  const fill = area<Point>(x, floor, y).digits(1)(part);
  const curve = line<Point>(x, y).digits(1)(part);
  return `<path d="${fill}" fill="${colour}" opacity=".18"/><path d="${curve}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>`;
}

function drawLimit({ limit }: Curve, y: (value: number) => number): string {
  if (limit === null) return '';
  const dashes = `stroke="${ink.limit}" stroke-width="1.5" stroke-dasharray="6 4"`;
  return drawRule(columns.plot, y(limit), columns.plotEnd, y(limit), dashes);
}

/** What belongs to the curve stands beside it, where no curve can lie over it. */
function drawFigures({ top }: Place, curve: Curve, values: readonly number[]): string {
  const { name, say, limit } = curve;
  const said = values.length > 0 ? `peak ${say(Math.max(...values))}` : 'not measured';
  return [
    drawText(columns.left, top + 15, fitting(name, columns.plot - columns.left - 14), {
      bold: true,
    }),
    drawText(columns.left, top + 34, said, { fill: ink.soft, size: 13 }),
    limit === null
      ? ''
      : drawText(columns.left, top + 53, `limit ${say(limit)}`, { fill: ink.limit, size: 13 }),
  ].join('');
}

/** The newest figure, where the curve ends. */
function drawLast(
  { colour, say }: Curve,
  last: Point | undefined,
  y: (value: number) => number,
): string {
  if (!last) return '';
  return drawText(columns.plotEnd + 8, y(last.value) + 5, say(last.value), {
    fill: colour,
    bold: true,
    size: 13,
  });
}
