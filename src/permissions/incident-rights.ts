import type { Incident, IncidentRole } from '../core/incident.ts';
import type { IncidentDeed } from '../core/incident-command.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';
import { err, ok, type Result } from '../core/result.ts';
import { type Doer, mayReadIncident } from './may-read-incident.ts';

/** Who may: whoever has one of the roles in the incident, holds one of the configuration, or is named. */
export interface Right {
  /** What it is about, for the sentence that refuses it. */
  what: string;
  roles?: readonly IncidentRole[];
  holders?: readonly string[];
  people?: readonly (string | undefined)[];
}

/** Whether a person may do that to an incident; a refusal says who may. What is left out anybody may. */
export function mayDo(
  incident: Incident,
  deed: IncidentDeed,
  { id, holds }: Doer,
): Result<true, IncidentRefusal> {
  const missing = missingRight(incident, deed, { id, holds });
  if (missing === null) return ok(true);
  const { what, roles = [], holders = [] } = missing;
  return err({ kind: 'may-not', what, roles, holders });
}

/** The right that somebody would need for that and has not; null when they may. */
export function missingRight(
  incident: Incident,
  deed: IncidentDeed,
  { id, holds }: Doer,
): Right | null {
  const right = isShut(incident, deed, { id, holds })
    ? working(incident)
    : rightFor(incident, deed);
  for (const one of [right, telling(incident, deed)]) {
    if (one === null) continue;
    const { roles = [], holders = [], people = [] } = one;
    const has = roles.some((role) => incident.roles[role]?.by === id);
    if (has || people.includes(id) || holders.some((role) => holds.includes(role))) continue;
    return one;
  }
  return null;
}

/** Stakeholders read nothing but what communications stand for, also when it is over; null where they read nothing. */
function telling({ roles, rules, security }: Incident, deed: IncidentDeed): Right | null {
  const reads = rules.channels.stakeholders !== null && !security;
  const resolved = deed.kind === 'resolve' && reads && deed.resolution.customerText !== null;
  if (!resolved && !(deed.kind === 'update' && deed.stakeholders !== null)) return null;
  const nobody = roles.communications === undefined;
  return {
    what: 'write to stakeholders',
    roles: nobody ? ['commander', 'communications'] : ['communications'],
  };
}

/** What everybody may do to an incident that they may not read: it lets nobody in who was not called. */
const helping: readonly IncidentDeed['kind'][] = [
  'acknowledge',
  'add-note',
  'escalate',
  'answer-escalation',
  'accept-role',
  'refuse-role',
  'plea',
];

/** Whether it is about security and whoever wants to do something does not work on it. */
const isShut = (incident: Incident, { kind }: IncidentDeed, doer: Doer): boolean =>
  !helping.includes(kind) && !mayReadIncident(incident, doer);

/** Those who work on it, and who let others in. */
const working = ({ rules }: Incident): Right => ({
  what: 'work on what is about security without being asked to',
  roles: ['commander'],
  holders: [...rules.roles.security, ...rules.roles.managers],
});

/** Who may do that; null when everybody may. */
function rightFor(incident: Incident, deed: IncidentDeed): Right | null {
  const { managers, security } = incident.rules.roles;
  switch (deed.kind) {
    case 'acknowledge':
      return acknowledging(incident);
    case 'unacknowledge':
    case 'stay':
      return {
        what: 'speak for whoever acknowledged it',
        people: [incident.acknowledged?.by],
        roles: ['commander'],
        holders: managers,
      };
    case 'set-severity':
      return deed.to > incident.severity ? leading(incident, 'lower the severity') : null;
    case 'set-security':
      return deed.on ? null : { what: 'say that it is not about security', holders: security };
    case 'cancel':
      return leading(incident, 'cancel it');
    case 'resolve':
      return isGrave(incident) ? leading(incident, 'resolve it') : null;
    case 'take-role':
      return taking(incident, deed.role);
    case 'leave-role':
    case 'offer-role':
      return giving(incident, deed.role);
    default:
      return speaking(incident, deed);
  }
}

const isGrave = ({ severity, security }: Incident): boolean => severity <= 2 || security;

/** The commander and managers. */
const leading = ({ rules }: Incident, what: string): Right => ({
  what,
  roles: ['commander'],
  holders: rules.roles.managers,
});

/**
 * Whoever is on call, by the roles of responders; whoever was called; and whoever works on it already. Whoever
 * acknowledges comes into the channel, so that one about security is never anybody's to acknowledge.
 */
function acknowledging({ rules, escalations, security }: Incident): Right | null {
  const { responders, security: guards, managers } = rules.roles;
  if (responders.length === 0 && !security) return null;
  return {
    what: 'acknowledge it',
    roles: ['commander', 'operations'],
    holders: security ? [...responders, ...guards, ...managers] : responders,
    people: escalations.flatMap(({ people }) => people),
  };
}

/** A role that nobody has, or that its holder has only by declaring it, is there to be taken. */
function taking(incident: Incident, role: IncidentRole): Right | null {
  const held = incident.roles[role];
  if (held === undefined || isByDeclaring(incident, role)) return null;
  return {
    what: 'take a role from whoever has it without asking them',
    people: [held.by],
    roles: role === 'commander' ? [] : ['commander'],
    holders: incident.rules.roles.managers,
  };
}

/** Whether somebody leads only because they have declared it. */
export const isByDeclaring = (
  { roles, declaredBy, times }: Incident,
  role: IncidentRole,
): boolean =>
  role === 'commander' &&
  roles.commander?.by === declaredBy.id &&
  roles.commander.at === times.declared;

/** A role is its holder’s to give. */
function giving(incident: Incident, role: IncidentRole): Right | null {
  const held = incident.roles[role];
  if (held === undefined) return null;
  return { ...leading(incident, 'give away the role of somebody else'), people: [held.by] };
}

/** What is promised to people, and what is said when it is over. */
function speaking(incident: Incident, deed: IncidentDeed): Right | null {
  const { managers } = incident.rules.roles;
  const both: readonly IncidentRole[] = ['commander', 'communications'];
  switch (deed.kind) {
    case 'snooze':
      return { what: 'put the reminders off', roles: both };
    case 'set-cadence':
      return { what: 'change how often updates come', roles: both, holders: managers };
    case 'publish-review':
      return {
        ...leading(incident, 'publish the review'),
        people: [incident.review?.owner ?? undefined],
      };
    case 'waive-review': {
      const optional = incident.rules.clock[incident.severity].reviewDays === null;
      return {
        what: 'do without a review',
        roles: optional ? ['commander'] : [],
        holders: managers,
      };
    }
    default:
      return null;
  }
}
