import type { ChartSpan, HealthChart } from '../core/chart.ts';
import type { Health } from '../core/health.ts';
import { isGap } from './gaps.ts';

/** How a service was for a while. */
export interface HealthSpan extends ChartSpan {
  health: Health;
}

/**
 * How a service was, one stretch after the other. A sample counts until the next one, the last before a
 * gap for as long as samples are apart; a stretch that nobody looked at is not there.
 */
export function healthSpans(chart: HealthChart, service: string): HealthSpan[] {
  const seen = chart.samples.flatMap(({ at, health }) => {
    const state = Object.hasOwn(health, service) ? health[service] : undefined;
    return state ? [{ at, state }] : [];
  });
  const spans: HealthSpan[] = [];
  for (const [index, { at, state }] of seen.entries()) {
    const next = seen[index + 1]?.at;
    const to = next === undefined || isGap(at, next, chart) ? endOf(at, chart) : next;
    const last = spans.at(-1);
    if (last && last.health === state && last.to === at) last.to = to;
    else spans.push({ health: state, from: at, to });
  }
  return spans;
}

/** A sample says nothing of the time in which Gatehouse was offline, nor of what lies ahead. */
function endOf(at: number, { every, offline, to }: HealthChart): number {
  const begun = offline.find(({ from }) => from >= at)?.from ?? to;
  return Math.min(at + every, begun, to);
}
