import type { AuditEntry } from '../core/audit.ts';
import type { Incident, SetupState, SetupStep } from '../core/incident.ts';
import type { IncidentRules } from '../core/incident-rules.ts';
import type { IncidentMessage } from '../core/incidents.ts';
import type { Json } from '../core/json.ts';
import { targetName } from '../core/target.ts';
import { call, callAtOnce } from './calling/call.ts';
import { requiredDeadlines } from './deadlines.ts';
import { onCallUnder, type Reach, roomOf } from './decision.ts';
import type { Declaration } from './incident-life.ts';
import { inRoom, once } from './places.ts';
import { standing } from './standing.ts';
import { clockOf } from './updating/clock-of.ts';
import { nextFrom } from './updating/update-slots.ts';
import { wantingEvidence } from './wanted-evidence.ts';

/** Who is called when something is declared, where the configuration names such a contact. */
export const firstContact = 'primary';

/** What an incident is made of besides what somebody has declared. */
export interface Founding {
  number: number;
  /** By the database's clock, in milliseconds since 1970. */
  now: number;
  rules: IncidentRules;
  reach: Reach;
}

/** A new incident with the record of its beginning and everything that is said because of it. */
export interface Founded {
  incident: Incident;
  audit: AuditEntry;
  messages: readonly IncidentMessage[];
}

/**
 * An incident as it begins. Whoever declares it leads until somebody else does; whoever is on call is called
 * if that was asked for, and when nobody is, the record says so.
 */
export function declareIncident(declaration: Declaration, founding: Founding): Founded {
  const { by, page } = declaration;
  const { now, reach, rules } = founding;
  const circumstances = { by: { id: by.id, team: by.team }, now, holds: [], reach };
  const begun = paced(newIncident(declaration, founding));
  const first = begun.security ? wantingEvidence(begun, { by: by.id, now, version: 1 }) : begun;
  const named = knows(rules, firstContact);
  const why = 'it was declared';
  const paged =
    page && named ? call(first, firstContact, { why, cause: 'acknowledge' }, circumstances) : null;
  const called = callAtOnce(paged?.after ?? first, 'it is about security', circumstances);
  const incident = { ...called.after, deadlines: requiredDeadlines(called.after) };
  const facts: AuditEntry['facts'] = {
    ...standing(incident),
    target: incident.target && targetName(incident.target),
    seen: declaration.seen,
    page,
    calls: [...((paged?.calls ?? []) as Json[]), ...(called.calls as Json[])],
    noOnCall: named ? (reach[firstContact]?.why ?? null) : 'no on-call configured',
    acknowledgeBy: clockOf(incident).acknowledge && now + (clockOf(incident).acknowledge ?? 0),
  };
  return {
    incident,
    audit: { event: 'incident.declared', actor: `user:${by.team}/${by.id}`, facts },
    messages: [
      { kind: 'incident', to: roomOf(incident), urgency: 1 },
      ...once([...inRoom(incident, 1), ...(paged?.messages ?? []), ...called.messages]),
    ],
  };
}

const knows = ({ contacts }: IncidentRules, contact: string): boolean =>
  contacts.some(({ name }) => name === contact);

/** The first update is due one pace after the declaration. */
function paced(incident: Incident): Incident {
  const every = clockOf(incident).updateEvery;
  const next = nextFrom(incident, incident.times.declared, every);
  const overdue = next === null ? {} : { overdue: { from: next, done: 0 } };
  return { ...incident, updates: { ...incident.updates, every, next }, counted: overdue };
}

function newIncident(declaration: Declaration, { number, now, rules, reach }: Founding): Incident {
  const { by, severity, security, title, target, impact, askedIn, seen } = declaration;
  return {
    ...nothingYet,
    id: `INC-${number}`,
    number,
    state: 'investigating',
    severity: severity ?? 2,
    provisional: severity === null,
    security,
    title,
    target,
    impact,
    declaredBy: { id: by.id, team: by.team },
    declaredIn: askedIn,
    rules,
    roles: { commander: { by: by.id, at: now } },
    ...(knows(rules, firstContact) && { oncall: onCallUnder(reach, firstContact) }),
    lastActivity: now,
    setup: setupOf(!security && rules.channels.announce !== null, now),
    known: seen,
    times: { ...noTimes, declared: now, detected: now },
    moved: { by: by.id, at: now, version: 1 },
    changedAt: now,
  };
}

/** Every step is open, but what there is no place for. */
export function setupOf(announce: boolean, now: number): Record<SetupStep, SetupState> {
  const open: SetupState = { kind: 'open', tries: 0, why: null };
  return {
    channel: open,
    invite: open,
    topic: open,
    bookmark: open,
    card: open,
    pin: open,
    announce: announce ? open : { kind: 'done', at: now },
  };
}

const noTimes = { started: null, mitigated: null, ended: null, resolved: null, closed: null };

const nothingYet = {
  version: 1,
  acknowledged: null,
  firstAcknowledged: null,
  channel: null,
  doing: null,
  updates: {
    every: null,
    next: null,
    last: null,
    lastByPerson: null,
    posted: 0,
    onTime: 0,
    late: 0,
    merged: 0,
    unchanged: 0,
    snoozed: false,
  },
  deadlines: [],
  counted: {},
  handovers: [],
  escalations: [],
  watch: null,
  resolution: null,
  review: null,
  followUps: [],
  cancelled: null,
  released: null,
  notes: {},
  runs: {},
  changes: [],
} as const;
