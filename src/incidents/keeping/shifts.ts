import { messageOf } from '../../core/errors.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentRules } from '../../core/incident-rules.ts';
import type { Incidents } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import { onCallUnder, type Reach } from '../decision.ts';
import { firstContact } from '../declare.ts';
import { isShift } from '../events/shift.ts';
import type { IncidentLife } from '../incident-life.ts';
import { minuteOf } from '../watching/take-sample.ts';

/** What it takes to notice that others are on call. */
export interface ShiftTools {
  incidents: Pick<Incidents, 'unfinished'>;
  life: Pick<IncidentLife, 'do'>;
  /** Who can be reached now under the names of the rules. Never throws. */
  reach(rules: IncidentRules): Promise<Reach>;
  /** In milliseconds since 1970. */
  now(): number;
  log: Log;
}

/**
 * Makes what is called every few seconds, and looks once a minute whether others are on call than were: whoever leads
 * an open incident is not left alone with it because their shift has ended.
 */
export function watchShifts(tools: ShiftTools): () => Promise<void> {
  let looked = 0;
  return async () => {
    const minute = minuteOf(tools.now());
    if (minute === looked) return;
    const seen = await tools.incidents.unfinished();
    const oncall = oncallOnce(tools.reach);
    for (const { incident } of seen) await lookAt(incident, { ...tools, oncall });
    looked = minute;
  };
}

/** Whoever is called first under several incidents is looked up once for all of them. */
function oncallOnce(reach: ShiftTools['reach']) {
  const found = new Map<string, Promise<readonly string[]>>();
  return (rules: IncidentRules): Promise<readonly string[]> => {
    const contacts = rules.contacts.filter(({ name }) => name === firstContact);
    const key = JSON.stringify(contacts.map(({ who }) => who));
    const now =
      found.get(key) ?? reach({ ...rules, contacts }).then((all) => onCallUnder(all, firstContact));
    found.set(key, now);
    return now;
  };
}

type LookTools = Pick<ShiftTools, 'life' | 'log'> & { oncall: ReturnType<typeof oncallOnce> };

/** One that cannot be told of it holds up no other; it is told a minute later. */
async function lookAt(incident: Incident, { life, oncall, log }: LookTools): Promise<void> {
  if (incident.oncall === undefined) return;
  try {
    const now = await oncall(incident.rules);
    if (isShift(incident, now)) await life.do(incident.id, { kind: 'shift', oncall: now }, null);
  } catch (error) {
    const fields = { incident: incident.id, why: messageOf(error) };
    log.warn(fields, 'Who is on call was not compared for an incident; that is tried again');
  }
}
