import type { Health } from '../core/health.ts';

/** The time of day in UTC, `14:22`. `at` in milliseconds since 1970. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** The same with the day, `22 Nov 14:22`. */
const dayAndClock = (at: number): string => `${day(at)} ${clock(at)}`;

/** The day alone, `22 Nov`. `at` in milliseconds since 1970. */
export function day(at: number): string {
  const [, month = '01', date = '01'] = new Date(at).toISOString().slice(0, 10).split('-');
  return `${Number(date)} ${months[Number(month) - 1]}`;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** More than this is told with the day, in milliseconds. */
const oneDay = 86_400_000;

/** How moments of a chart are told: by the time of day, or with the day when it is longer than one. */
export const clockFor = ({ from, to }: { from: number; to: number }): ((at: number) => string) =>
  to - from > oneDay ? dayAndClock : clock;

/** A share of 0 to 1 in percent: `60 %`, `2.5 %`, `100 %`. */
export function percent(share: number): string {
  const figure = share * 100;
  const digits = figure > 0 && figure < 10 && !Number.isInteger(figure) ? 1 : 0;
  return `${figure.toFixed(digits)} %`;
}

/** How long something took: `220 ms`, `1.8 s`, `32 s`. `ms` in milliseconds. */
export function took(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return `${ms < 10_000 ? (ms / 1_000).toFixed(1) : Math.round(ms / 1_000)} s`;
}

/** What a state is called. */
export const healthWord: Readonly<Record<Health, string>> = {
  up: 'up',
  degraded: 'degraded',
  down: 'down',
  unknown: 'unknown',
};
