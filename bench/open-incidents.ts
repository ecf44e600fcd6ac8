import { usualIncidentRules } from '../src/core/default-incident-rules.ts';
import type { Incident } from '../src/core/incident.ts';
import type { Incidents } from '../src/core/incidents.ts';
import type { Severity } from '../src/core/severity.ts';
import { requiredDeadlines } from '../src/incidents/deadlines.ts';
import { declareIncident } from '../src/incidents/declare.ts';
import type { Declaration } from '../src/incidents/incident-life.ts';
import { fewAtOnce } from '../src/incidents/watching/few-at-once.ts';
import { people, team } from '../workspace/people.ts';

/** An open incident as the bench wants it. */
export interface OpenIncident {
  severity: Severity;
  /** Its channel, which is there already. */
  channel: string;
  /** When its next update is due, by the database's clock. */
  next: number;
}

/** So many are declared at the same time, where the database has more than one connection. */
const atOnce = 16;

/** Declares them, with their channels; answers how many milliseconds one took. */
export async function declareOpen(
  incidents: Incidents,
  wanted: readonly OpenIncident[],
): Promise<number> {
  const begun = performance.now();
  await fewAtOnce(atOnce, wanted, (one) => declareOne(incidents, one));
  return (performance.now() - begun) / wanted.length;
}

/** One that somebody has acknowledged: its first update is due at that moment, the next ones at its own pace. */
async function declareOne(incidents: Incidents, { severity, channel, next }: OpenIncident) {
  const { number, now } = await incidents.next();
  const { incident, audit } = declareIncident(
    { ...declaration, severity },
    { number, now, rules: usualIncidentRules, reach: {} },
  );
  const setup = Object.fromEntries(
    Object.keys(incident.setup).map((step) => [step, { kind: 'done', at: now }]),
  ) as Incident['setup'];
  const counted = {
    ...incident.counted,
    overdue: { from: next, done: 0 },
    reminder: { from: next, done: 1 },
  };
  const whole: Incident = {
    ...{ ...incident, setup, counted },
    acknowledged: { by: people.onCall1, at: now },
    updates: { ...incident.updates, next },
    channel: {
      ...{ id: channel, name: `herd-${number}`, private: false, lost: null },
      invited: { [people.onCall1]: null },
    },
  };
  await incidents.declare({ ...whole, deadlines: requiredDeadlines(whole) }, null, audit, []);
}

const declaration: Declaration = {
  title: 'Login is down',
  severity: 1,
  security: false,
  target: { service: 'rms-auth', env: 'prod' },
  impact: [],
  seen: null,
  page: false,
  by: { id: people.onCall1, team: team.id },
  askedIn: null,
  origin: null,
};
