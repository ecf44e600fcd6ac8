import { expect } from 'vitest';
import { usualIncidentRules } from '../../src/core/default-incident-rules.ts';
import type { Deadline, DeadlineKind, Incident } from '../../src/core/incident.ts';
import type { Figures, IncidentCommand } from '../../src/core/incident-command.ts';
import type { IncidentRefusal } from '../../src/core/incident-refusal.ts';
import type { IncidentRules } from '../../src/core/incident-rules.ts';
import type { Absence, Sample } from '../../src/core/incidents.ts';
import type { Result } from '../../src/core/result.ts';
import { nextDue } from '../../src/incidents/deadlines.ts';
import { decide } from '../../src/incidents/decide.ts';
import type { Decision, Reach } from '../../src/incidents/decision.ts';
import { declareIncident } from '../../src/incidents/declare.ts';
import type { Declaration } from '../../src/incidents/incident-life.ts';

/** A minute, in milliseconds. */
export const minute = 60_000;
/** Monday, 16 November 2026, 10:00 UTC. */
export const ten = Date.UTC(2026, 10, 16, 10);

/** The usual rules, with a place to announce in. */
export const rules: IncidentRules = {
  ...usualIncidentRules,
  roles: { responders: ['oncall'], managers: ['manager'], security: ['security'] },
  channels: { announce: 'C-incidents', stakeholders: 'C-status' },
};

/** Each contact is one person, called after it. */
export const reach: Reach = Object.fromEntries(
  rules.contacts.map(({ name }) => [name, { people: [`U-${name}`], why: null }]),
);

/** Somebody on call declares that the login is down. */
export const declaration: Declaration = {
  title: 'Login is down',
  severity: 1,
  security: false,
  target: { service: 'rms-auth', env: 'prod' },
  impact: [],
  seen: null,
  page: true,
  by: { id: 'U-sam', team: 'T1' },
  askedIn: 'C-here',
  origin: null,
};

/** An incident as it begins at ten, with what is said because of it. */
export const founded = (
  more: Partial<Declaration> = {},
  founding: { rules?: IncidentRules; reach?: Reach } = {},
) =>
  declareIncident({ ...declaration, ...more }, { number: 42, now: ten, rules, reach, ...founding });

/** An incident as it begins at ten. */
export const declared = (...how: Parameters<typeof founded>): Incident => founded(...how).incident;

/** Who does something, when, and which roles of the configuration they hold. */
export interface Doing {
  at?: number;
  by?: string | null;
  holds?: readonly string[];
  reach?: Reach;
}

/** What becomes of it. Without a time it is a minute after the last change; without a person it is the commander. */
export function attempt(
  incident: Incident,
  command: IncidentCommand,
  {
    at = incident.changedAt + minute,
    by = 'U-sam',
    holds = [],
    reach: reached = reach,
  }: Doing = {},
): Result<Decision, IncidentRefusal> {
  const person = by === null ? null : { id: by, team: 'T1' };
  return decide(incident, command, { by: person, now: at, holds, reach: reached });
}

/** Why not. */
export function refusal(
  incident: Incident,
  command: IncidentCommand,
  doing?: Doing,
): IncidentRefusal {
  const found = attempt(incident, command, doing);
  return found.ok ? expect.fail(`${command.kind} was done`) : found.error;
}

/** What was decided, with the incident as the store would keep it. */
export interface Done extends Decision {
  incident: Incident;
  /** Who hears of it, each as `place urgency`. */
  told: string[];
}

/** Does it; it must not be refused. */
export function done(incident: Incident, command: IncidentCommand, doing: Doing = {}): Done {
  const found = attempt(incident, command, doing);
  if (!found.ok) expect.fail(`${command.kind} was refused: ${JSON.stringify(found.error)}`);
  return asDone(incident, found.value, doing.at ?? incident.changedAt + minute);
}

/** A decision with the incident as the store would keep it. */
export const asDone = (before: Incident, decision: Decision, at: number): Done => ({
  ...decision,
  incident: { ...decision.after, version: before.version + 1, changedAt: at },
  told: decision.messages.map(({ to, urgency }) => `${to} ${urgency}`),
});

/** The incident after several things, a minute apart unless they say otherwise. */
export const having = (
  incident: Incident,
  ...all: (IncidentCommand | [IncidentCommand, Doing])[]
) =>
  all.reduce((now, one) => {
    const [command, doing] = Array.isArray(one) ? one : [one, {}];
    return done(now, command, doing).incident;
  }, incident);

/** One deadline of an incident. */
export const deadline = (incident: Incident, kind: DeadlineKind): Deadline | undefined =>
  incident.deadlines.find((one) => one.kind === kind);

/** When a deadline is due, in minutes after ten; undefined when there is none. */
export function dueAt(incident: Incident, kind: DeadlineKind): number | undefined {
  const found = deadline(incident, kind);
  return found && (found.at - ten) / minute;
}

/** Figures of an update. */
export const figures: Figures = {
  health: 'api health is down',
  change: 'it was up',
  done: [],
  running: [],
  chart: null,
};

/** The event that a deadline has passed. */
export const dueNow = (
  incident: Incident,
  kind: DeadlineKind,
  more: { absence?: Absence; samples?: readonly Sample[] } = {},
): IncidentCommand => ({
  kind: 'due',
  deadline: deadline(incident, kind) ?? { kind, at: 0, step: 0 },
  figures,
  absence: null,
  ...more,
});

/** Does one thing that is due, at its time or at another. */
export const meet = (incident: Incident, kind: DeadlineKind, at?: number): Done =>
  done(incident, dueNow(incident, kind), { by: null, at: at ?? deadline(incident, kind)?.at ?? 0 });

/** What is done beside everything else that is due. */
const beside: readonly DeadlineKind[] = ['setup', 'evidence', 'traces'];

/** Does everything that is due at a moment, as whoever wakes incidents does, but for what is done beside it. */
export function wake(first: Incident, at: number, reached: Reach = reach): Done[] {
  const all: Done[] = [];
  let incident = first;
  for (let times = 0; times < 30; times += 1) {
    const others = incident.deadlines.filter(({ kind }) => !beside.includes(kind));
    const due = nextDue({ deadlines: others }, at);
    if (due === null) return all;
    const command = { kind: 'due', deadline: due, figures, absence: null } as const;
    const one = done(incident, command, { by: null, at, reach: reached });
    all.push(one);
    incident = one.incident;
  }
  return expect.fail('there is always something due');
}

/** A sample of one minute. */
export const sample = (at: number, health: Sample['health']): Sample => ({
  at,
  health,
  checks: [],
  errorRate: null,
});
