import type { Health } from '../core/health.ts';
import type { StateRow } from '../core/report.ts';
import type { Row } from './blocks/rows.ts';
import { age } from './text/age.ts';
import { bold } from './text/code.ts';
import { prose } from './text/prose.ts';

/** The colour of a state; its word stands beside it, since not everybody sees colours. */
const signs: Record<Health, string> = {
  up: ':large_green_circle:',
  degraded: ':large_yellow_circle:',
  down: ':red_circle:',
  unknown: ':white_circle:',
};

/** A thing, how it is, and how old that is. `now` is in milliseconds since 1970. */
export const stateRow = ({ health, name, detail, at, more }: StateRow, now: number): Row => ({
  line: `${signs[health]} ${bold(name)} ${health} · ${prose(detail, 200)} · ${age(at, now)}`,
  more,
});
