import type { HealthChart } from '../core/chart.ts';
import { ink } from './ink.ts';
import { columns, type Layout } from './layout.ts';
import { drawRule, drawText } from './svg.ts';
import { clock, clockFor, day } from './words.ts';

/** Labels this near to the ends of the plot would lie over what stands there. */
const margin = 24;

/** The hours below the plot, on one clock for everybody. */
export function drawAxis(chart: HealthChart, { x, axis, plot }: Layout): string {
  const tell = clockFor(chart);
  const long = tell(chart.from).length > 5;
  const say = (at: number) => (clock(at) === '00:00' && long ? day(at) : tell(at));
  const ticks = x
    .ticks(long ? 3 : 6)
    .filter((tick) => x(tick) > columns.plot + margin && x(tick) < columns.plotEnd - margin);
  return [
    ...ticks.map((tick) => {
      const at = x(tick);
      const short = `stroke="${ink.rule}" stroke-width="1"`;
      const text = drawText(at, axis, say(tick.getTime()), {
        fill: ink.soft,
        size: 13,
        anchor: 'middle',
      });
      return drawRule(at, plot.bottom, at, plot.bottom + 5, short) + text;
    }),
    drawText(columns.plotEnd + 8, axis, 'UTC', { fill: ink.soft, size: 13 }),
  ].join('');
}
