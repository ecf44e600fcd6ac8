import { messageOf } from '../../core/errors.ts';
import type { Deadline, DeadlineKind, Incident } from '../../core/incident.ts';
import type { Figures } from '../../core/incident-command.ts';
import type { Absence, IncidentSamples, Incidents, SeenIncident } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import { nextDue } from '../deadlines.ts';
import type { IncidentLife } from '../incident-life.ts';
import { fewAtOnce } from '../watching/few-at-once.ts';
import { minuteOf } from '../watching/take-sample.ts';

/** What wakes incidents when something of theirs is due. */
export interface WorkerTools {
  incidents: Pick<Incidents, 'takeDue' | 'find'>;
  life: Pick<IncidentLife, 'do'>;
  samples: Pick<IncidentSamples, 'since'>;
  /** Goes on with the channel of an incident. */
  setUp(incident: Incident): Promise<unknown>;
  /** Has evidence kept; nothing waits for it. */
  keepEvidence(incident: Incident): void;
  /** Takes away what everybody could read; nothing waits for it. */
  clearTraces(incident: Incident): void;
  /** What an update says that is due now. */
  gather(incident: Incident, now: number): Promise<Figures>;
  /** The time in which nobody was there since a deadline had passed; null when somebody was. */
  absenceSince(at: number): Promise<Absence | null>;
  log: Log;
}

/** How many incidents are taken at once, and for how long they are their taker's, in milliseconds. */
const taking = { limit: 100, lease: 3_000 };
/** So many of them are woken at the same time: whoever sends what comes of it needs the database as well. */
const atOnce = 32;
/** So many deadlines of one incident in a row; more than one incident can have. */
const most = 20;

/**
 * Does everything that is due now. Each deadline is a change of its own, so that nothing is done twice when
 * the process ends in between; what is left is taken again by whoever comes next.
 *
 * @returns how many incidents were woken.
 */
export async function wakeDue(tools: WorkerTools): Promise<number> {
  const due = await tools.incidents.takeDue(taking.limit, taking.lease);
  await fewAtOnce(atOnce, due, (seen) =>
    wakeOne(tools, seen).catch((error: unknown) => {
      const fields = { incident: seen.incident.id, why: messageOf(error) };
      tools.log.error(fields, 'What was due in an incident was not done; it is tried again');
    }),
  );
  return due.length;
}

async function wakeOne(tools: WorkerTools, { incident: first, now }: SeenIncident): Promise<void> {
  let incident = first;
  if (isDue(first, 'evidence', now)) tools.keepEvidence(first);
  if (isDue(first, 'traces', now)) tools.clearTraces(first);
  for (let done = 0; done < most; done += 1) {
    const deadline = nextDue(inTurn(incident), now);
    if (deadline === null) return;
    if (deadline.kind === 'setup') {
      await tools.setUp(incident);
      const again = await tools.incidents.find(incident.id);
      if (again === null || stillDue(again.incident, deadline)) return; // looked at again after the lease
      incident = again.incident;
      continue;
    }
    const next = await meet(tools, incident, deadline, now);
    if (next === null) return;
    incident = next;
  }
}

/** The incident as it is then; null when it has moved on, or nothing came of it. */
async function meet(
  { life, samples, gather, absenceSince }: WorkerTools,
  incident: Incident,
  deadline: Deadline,
  now: number,
): Promise<Incident | null> {
  const isUpdate = deadline.kind === 'update';
  const watched = deadline.kind === 'watch' ? incident.watch : null;
  const [figures, absence, seen] = await Promise.all([
    isUpdate ? gather(incident, now) : null,
    absenceSince(deadline.at),
    watched ? samples.since(incident.id, minuteOf(watched.from)) : [],
  ]);
  const due = { kind: 'due', deadline, figures, absence, samples: seen } as const;
  const done = await life.do(incident.id, due, null);
  return done.ok && done.value.version !== incident.version ? done.value : null;
}

const isDue = ({ deadlines }: Incident, wanted: DeadlineKind, now: number): boolean =>
  deadlines.some(({ kind, at }) => kind === wanted && at <= now);

/** What is done beside everything else, and has no turn. */
const beside: readonly DeadlineKind[] = ['evidence', 'traces'];

const inTurn = ({ deadlines }: Incident): Pick<Incident, 'deadlines'> => ({
  deadlines: deadlines.filter(({ kind }) => !beside.includes(kind)),
});

const stillDue = ({ deadlines }: Incident, { kind, at }: Deadline): boolean =>
  deadlines.some((one) => one.kind === kind && one.at <= at);
