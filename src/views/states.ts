import type { Health } from '../core/health.ts';
import type { StateRow } from '../core/report.ts';
import { age } from './age.ts';
import { bold, prose } from './code.ts';
import type { Row } from './rows.ts';

/** How a state is shown and said: never by colour alone. */
export const healthWords: Record<Health, string> = {
  up: ':large_green_circle: up',
  degraded: ':large_yellow_circle: degraded',
  down: ':red_circle: down',
  unknown: ':white_circle: no answer',
};

/** A thing, how it is, and how old that is. `now` is in milliseconds since 1970. */
export const stateRow = ({ health, name, detail, at, more }: StateRow, now: number): Row => ({
  line: `${healthWords[health]} · ${bold(name)} · ${prose(detail, 200)} · checked ${age(at, now)}`,
  more,
});
