import type { Health } from '../../core/health.ts';

const bars: Readonly<Record<Health, string>> = { up: '▇', degraded: '▅', down: '▁', unknown: '·' };

/**
 * How something was, one sign for each look, the newest last: `▇▇▅▁▇`. At most `most` of the newest
 * are shown. A picture for those who see it; the words beside it have to say the same.
 */
export const sparkline = (healths: readonly Health[], most = 30): string =>
  healths
    .slice(-Math.max(most, 1))
    .map((health) => bars[health])
    .join('');
