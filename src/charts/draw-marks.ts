import type { ChartMark } from '../core/chart.ts';
import { ink } from './ink.ts';
import { columns, type Layout, mostMarks } from './layout.ts';
import { coordinate, drawRule, drawText } from './svg.ts';

/** The marks that are drawn: what was done or decided before what was said, then the newest. */
export function shownMarks(marks: readonly ChartMark[]): ChartMark[] {
  const weight = ({ kind }: ChartMark) => (kind === 'update' ? 0 : 1);
  return marks
    .toSorted((one, other) => weight(one) - weight(other) || one.at - other.at)
    .slice(-mostMarks)
    .toSorted((one, other) => one.at - other.at);
}

/** Numbers above the plot with a line through it; what they mean stands below, so none overlaps. */
export function drawMarks(marks: readonly ChartMark[], { x, plot, marks: middle }: Layout): string {
  const places = spread(marks.map(({ at }) => x(at)));
  return marks
    .map(({ at }, index) => {
      const foot = x(at);
      const head = places[index] ?? foot;
      const dashes = `stroke="${ink.strong}" stroke-width="1.2" stroke-dasharray="2 3"`;
      return [
        drawRule(foot, plot.top, foot, plot.bottom, dashes),
        drawRule(head, middle + 10, foot, plot.top, `stroke="${ink.strong}" stroke-width="1.2"`),
        drawNumber(head, middle, index + 1),
      ].join('');
    })
    .join('');
}

/** The number of a mark in a disc. */
export const drawNumber = (x: number, middle: number, number: number): string =>
  `<circle cx="${coordinate(x)}" cy="${coordinate(middle)}" r="10" fill="${ink.strong}"/>${drawText(
    x,
    middle + 5,
    String(number),
    { fill: ink.card, bold: true, anchor: 'middle', size: 13 },
  )}`;

/** Discs are at least this far apart. */
const apart = 24;

/** Places in ascending order, moved apart as far as it takes, within the plot. */
function spread(wanted: readonly number[]): number[] {
  const places: number[] = [];
  for (const place of wanted) places.push(Math.max(place, (places.at(-1) ?? -apart) + apart));
  let end = columns.plotEnd + apart / 2;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    end = Math.min(places[index] ?? end, end);
    places[index] = end;
    end -= apart;
  }
  return places;
}
