import { messageOf } from '../../core/errors.ts';
import { wakeAt } from '../../core/incident.ts';
import type { Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import type { Setups } from '../channel/setups.ts';
import { missingDeadlines } from '../deadlines.ts';
import type { IncidentLife } from '../incident-life.ts';

/** What the auditor of deadlines works with. */
export interface RepairTools {
  incidents: Pick<Incidents, 'unfinished'>;
  life: Pick<IncidentLife, 'do'>;
  /** Tries again what rests of their channels. */
  setups: Pick<Setups, 'comeBy'>;
  log: Log;
}

/**
 * Puts back what every incident has to wait for, and logs that something was missing: whatever took it away,
 * nothing stays silent for longer than a minute. One that cannot be repaired holds up no other.
 */
export async function repairAll({ incidents, life, setups, log }: RepairTools): Promise<void> {
  for (const { incident, wake } of await incidents.unfinished()) {
    setups.comeBy(incident);
    const deadlines = missingDeadlines(incident);
    const asleep = wake !== wakeAt(incident);
    if (deadlines.length === 0 && !asleep) continue;
    log.error({ incident: incident.id, deadlines, asleep }, 'Timers of an incident were missing');
    const repaired = { kind: 'repaired', deadlines, asleep } as const;
    await life.do(incident.id, repaired, null).catch((error: unknown) => {
      const fields = { incident: incident.id, why: messageOf(error) };
      log.error(fields, 'Timers of an incident were not put back; that is tried again');
    });
  }
}
