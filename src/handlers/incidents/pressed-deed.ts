import { incidentRoles, incidentStates } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import { severities } from '../../core/severity.ts';
import { dutyWords } from '../../views/incidents/incident-words.ts';
import { pressedReview } from './pressed-review.ts';

/** What a button does at once, and what whoever pressed it is told. */
export interface PressedDeed {
  deed: IncidentDeed;
  did: string;
}

const quarter = 15 * 60_000;

/**
 * What a button means that has to ask for nothing; null when it asks for more. `extra` is what it carried, such as
 * the role.
 */
export function pressedDeed(name: string, extra: string): PressedDeed | null {
  const role = incidentRoles.find((one) => one === extra);
  const state = incidentStates.find((one) => one === extra);
  const severity = severities.find((one) => String(one) === extra);
  switch (name) {
    case 'acknowledge':
      return { deed: { kind: 'acknowledge' }, did: 'You are on it' };
    case 'unacknowledge':
      return { deed: { kind: 'unacknowledge' }, did: 'Taken back: somebody else is called' };
    case 'recreate-room':
      return { deed: { kind: 'recreate-room' }, did: 'A new channel comes in a few seconds' };
    case 'join':
      return { deed: { kind: 'join' }, did: 'You are invited to its channel' };
    case 'stay':
      return { deed: { kind: 'stay' }, did: 'Thank you, you are still on it' };
    case 'plea':
    case 'on-it':
    case 'not-me':
      return extra === '' ? null : answered(name, extra);
    case 'no-change':
      return { deed: { kind: 'no-change', text: null }, did: 'Posted: no change' };
    case 'snooze':
      return extra === 'ask' ? null : { deed: { kind: 'snooze', ms: quarter }, did: 'Put off' };
    case 'watch-more':
      return extra === 'ask'
        ? null
        : { deed: { kind: 'watch-more', ms: quarter }, did: 'Watched on' };
    case 'move':
      return state ? { deed: { kind: 'move', to: state, reason: null }, did: 'Moved' } : null;
    case 'set-severity':
      return severity
        ? { deed: { kind: 'set-severity', to: severity, reason: null }, did: 'The severity is set' }
        : null;
    default:
      return pressedReview(name) ?? (role ? withRole(name, role) : null);
  }
}

function answered(name: 'on-it' | 'not-me' | 'plea', about: string): PressedDeed {
  if (name === 'plea') return { deed: { kind: 'plea', wish: about }, did: 'They are asked' };
  return {
    deed: { kind: 'answer-escalation', contact: about, answer: name },
    did: name === 'on-it' ? 'You are on it' : 'The next one is called',
  };
}

function withRole(name: string, role: (typeof incidentRoles)[number]): PressedDeed | null {
  switch (name) {
    case 'take-role':
      return { deed: { kind: 'take-role', role }, did: `You are ${dutyWords[role]} now` };
    case 'leave-role':
      return { deed: { kind: 'leave-role', role }, did: `You are no longer ${dutyWords[role]}` };
    case 'accept-role':
      return { deed: { kind: 'accept-role', role }, did: `You are ${dutyWords[role]} now` };
    case 'refuse-role':
      return {
        deed: { kind: 'refuse-role', role, reason: null },
        did: 'It stays with whoever has it',
      };
    default:
      return null;
  }
}
