import { type Incident, type IncidentRole, incidentRoles } from '../core/incident.ts';
import type { IncidentCommand, IncidentDeed } from '../core/incident-command.ts';
import { severities } from '../core/severity.ts';
import { missingRight, type Right } from './incident-rights.ts';
import type { Doer } from './may-read-incident.ts';

/** Who could do what somebody wishes. */
export type Wanted = Right;

/** What somebody wanted to do, short enough for a button: `cancel`, `take-role.scribe`. */
export const wishOf = (command: IncidentCommand): string =>
  'role' in command && typeof command.role === 'string'
    ? `${command.kind}.${command.role}`
    : command.kind;

/** The right that somebody lacks for what they wish; null when they may do it, and for anything that is no wish. */
export function wantedFor(incident: Incident, wish: string, doer: Doer): Wanted | null {
  const deed = deedOf(incident, wish);
  return deed && missingRight(incident, deed, doer);
}

const nothing = { known: null, doing: null, need: null, state: null, nextIn: null, reason: null };

/** The least that is meant by a wish, as far as it matters for who may do it. */
function deedOf(incident: Incident, wish: string): IncidentDeed | null {
  const [kind, name] = wish.split('.');
  const role: IncidentRole = incidentRoles.find((one) => one === name) ?? 'commander';
  switch (kind) {
    case 'take-role':
    case 'leave-role':
      return { kind, role };
    case 'offer-role':
      return { kind, role, to: '' };
    case 'set-severity': {
      const lower = severities.find((one) => one > incident.severity);
      return lower === undefined ? null : { kind, to: lower, reason: null };
    }
    case 'set-security':
      return { kind, on: false, reason: null };
    case 'cancel':
      return { kind, reason: 'false-alarm', of: null };
    case 'update':
      return { kind, ...nothing, stakeholders: '' };
    case 'snooze':
      return { kind, ms: 0 };
    case 'set-cadence':
      return { kind, ms: 0, reason: null };
    case 'waive-review':
      return { kind, reason: '' };
    case 'resolve':
      return resolving;
    case 'acknowledge':
    case 'unacknowledge':
    case 'stay':
    case 'publish-review':
      return { kind };
    default:
      return { kind: 'join' }; // whatever else there is, only those who are let in may do
  }
}

const resolving: IncidentDeed = {
  kind: 'resolve',
  resolution: { fix: '', cause: 'unknown', causeText: null, customerText: '', withoutWatch: null },
  ...{ started: null, ended: null, followUps: [] },
};
