import type { HealthChart } from '../core/chart.ts';
import { ink } from './ink.ts';
import { columns, type Layout } from './layout.ts';
import { drawBox } from './svg.ts';

/** The pattern of a time in which nothing was measured; one picture needs it once. */
export const hatch = `<defs><pattern id="offline" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="${ink.card}"/><path d="M0 0V7" stroke="${ink.offline}" stroke-width="2.5"/></pattern></defs>`;

/** Hatched fields over everything, where Gatehouse was offline. */
export const drawOffline = ({ offline }: HealthChart, { x, plot }: Layout): string =>
  offline
    .map(({ from, to }) => {
      const width = Math.max(x(to) - x(from), 2);
      const box = { x: x(from), y: plot.top, width, height: plot.bottom - plot.top };
      return drawBox(box, 'fill="url(#offline)"');
    })
    .join('');

/** A small piece of the hatching, for the line that explains it. */
export const drawSwatch = (baseline: number): string =>
  drawBox({ x: columns.left, y: baseline - 14, width: 18, height: 17 }, 'fill="url(#offline)"');
