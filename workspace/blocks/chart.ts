import { list } from './lists.ts';
import { number, string } from './scalars.ts';
import { block, byType, shape, typed } from './shapes.ts';

const label = string({ min: 1, max: 20 });
const point = shape({ label, value: number });

const drawn = typed({
  series: list({
    min: 1,
    max: 6,
    of: shape({ name: label, data: list({ min: 1, max: 20, of: point }) }),
  }),
  axis_config: shape(
    { categories: list({ min: 1, max: 20, of: label }) },
    { x_label: string({ max: 50 }), y_label: string({ max: 50 }) },
  ),
});

/** A chart drawn by Slack. Six series or segments: newer sources say twelve, the smaller one is safe. */
export const dataVisualization = block({
  title: string({ min: 1, max: 50 }),
  chart: byType({
    pie: typed({ segments: list({ min: 1, max: 6, of: point }) }),
    bar: drawn,
    area: drawn,
    line: drawn,
  }),
});
