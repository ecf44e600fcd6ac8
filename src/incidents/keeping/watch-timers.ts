import { formatDuration } from '../../core/duration.ts';
import type { TimerWatch } from '../../core/late-timers.ts';
import type { Log } from '../../core/log.ts';

/** What it takes to notice that timers are late. */
export interface WatchingTimers {
  timers: TimerWatch;
  /** Where people hear of it. */
  to: readonly string[];
  log: Log;
}

/**
 * Looks whether timers of incidents are late, and has it said once when it begins and once when it is over. Only what
 * is late in two looks in a row counts: a process that was just begun, or had no turn, does at once what it finds.
 */
export function watchTimers({ timers, to, log }: WatchingTimers): () => Promise<void> {
  let wasLate = false;
  return async () => {
    const late = await timers.look();
    const isStill = wasLate && late !== null;
    wasLate = late !== null;
    if (late === null) {
      if (await timers.calm(to)) log.info({}, 'Timers of incidents are in time again');
    } else if (isStill && (await timers.late(late, to))) {
      const by = formatDuration(late.lag);
      log.error({ by, incidents: late.incidents }, 'Timers of incidents are late');
    }
  };
}
