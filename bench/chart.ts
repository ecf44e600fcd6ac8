import type { HealthChart } from '../src/core/chart.ts';
import { median, short, spread } from './figures.ts';
import type { Goal } from './goal.ts';

const minute = 60_000;
const drawings = 10;

/** The most that a chart has to show: four hours, six services, an absence and more marks than fit. */
function longIncident(): HealthChart {
  const from = Date.UTC(2026, 10, 22, 8);
  const services = ['rms-auth', 'rust-auth', 'gateway', 'sessions', 'mfa', 'oauth'];
  const at = (after: number) => from + after * minute;
  const samples = Array.from({ length: 240 }, (_, after) => ({
    at: at(after),
    health: Object.fromEntries(
      services.map((name, index) => [name, after % (index + 7) === 0 ? 'down' : 'up'] as const),
    ),
    failing: 0.5 + 0.5 * Math.sin(after / 9),
    latency: 400 + 300 * Math.cos(after / 5),
  }));
  return {
    title: 'INC-42 · Login fails for all users',
    ...{ from, to: at(240), services, measure: 'Failing checks', every: minute, limit: 0.1 },
    samples,
    offline: [{ from: at(100), to: at(120) }],
    marks: [30, 90, 95, 200].map((after) => ({
      at: at(after),
      kind: 'action',
      label: 'rollback of rust-auth to 2.3.1 done',
    })),
  };
}

/** How long a chart takes: the first, with the library that has to be loaded, and each one after it. */
export async function benchChart(rounds: number): Promise<Goal[]> {
  const chart = longIncident();
  const begun = performance.now();
  const { renderChart } = await import('../src/charts/render-chart.ts');
  await renderChart(chart);
  const first = performance.now() - begun;
  const times: number[] = [];
  for (let turn = 0; turn < rounds * drawings; turn += 1) {
    const start = performance.now();
    await renderChart(chart);
    times.push(performance.now() - start);
  }
  return [
    {
      name: 'a chart of four hours and six services, as a picture',
      ours: `${spread(times, 'ms')}, the first ${short(first)} ms`,
      rival: '150 ms',
      result: median(times) / 150,
      target: { at: 'most', value: 1 },
    },
  ];
}
