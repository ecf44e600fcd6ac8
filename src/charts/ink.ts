import type { Health } from '../core/health.ts';

/**
 * One opaque dark card in both of Slack's themes: no grey is readable on black and on white alike. The
 * text colours are at least 4.5 to 1 on the card, the rest at least 3 to 1.
 */
export const ink = {
  card: '#1f2329',
  rule: '#3a414b',
  strong: '#e8eaed',
  soft: '#a9afb9',
  failing: '#ff8a80',
  latency: '#6cb2ff',
  limit: '#ffc24d',
  offline: '#7b838f',
} as const;

/** The colour of each state; its word and its height say the same. */
export const healthInk: Readonly<Record<Health, string>> = {
  up: '#3fb27f',
  degraded: '#ffc24d',
  down: '#ff6a5f',
  unknown: '#a9afb9',
};
