import type { ChartSample, HealthChart } from '../../src/core/chart.ts';

/** One minute, in milliseconds. */
export const minute = 60_000;

/** When the sample charts begin. */
export const start = Date.UTC(2026, 10, 22, 14, 0);

/** A sample so many minutes after the beginning. */
export const sample = (after: number, more: Partial<ChartSample> = {}): ChartSample => ({
  at: start + after * minute,
  health: { 'rust-auth@prod': 'up', 'rms-auth@prod': 'up' },
  failing: 0.02,
  latency: 180,
  ...more,
});

/** An hour in which one service was down for ten minutes and another always up. */
export function sampleChart(more: Partial<HealthChart> = {}): HealthChart {
  const samples = Array.from({ length: 60 }, (_, after) => {
    const down = after >= 10 && after < 20;
    const health = { 'rust-auth@prod': down ? 'down' : 'up', 'rms-auth@prod': 'up' } as const;
    return sample(after, { health, failing: down ? 0.6 : 0.02, latency: down ? 1_800 : 180 });
  });
  return {
    title: 'INC-42 · Login fails for all users',
    from: start,
    to: start + 60 * minute,
    services: ['rust-auth@prod', 'rms-auth@prod'],
    measure: 'Failing checks',
    samples,
    every: minute,
    offline: [],
    marks: [],
    limit: 0.1,
    ...more,
  };
}
