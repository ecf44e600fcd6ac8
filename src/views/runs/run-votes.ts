import type { Slot } from '../../core/approval.ts';
import type { Run } from '../../core/run.ts';
import { code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { approvalsOf, openSlots } from './open-slots.ts';
import { escalationLines } from './run-escalation.ts';

/** Who said what so far, what is still needed, and until when: a line each. */
export function voteLines(run: Run): string[] {
  const votes = run.votes.slice(0, mostVotes).map(voteLine);
  return [...glassLines(run), ...votes, ...waitingLines(run), ...escalationLines(run)];
}

/** Stands above the votes, so that nobody takes it for approved by others. */
const glassLines = ({ approval, votes, id, requestedBy, state }: Run): string[] =>
  approval?.breakGlass
    ? [
        votes.length === 0
          ? ':rotating_light: *Break-glass:* nobody else is asked. It begins once it is confirmed, and everybody whose approval is left out is told at once.'
          : `:rotating_light: *Break-glass:* ${mention(requestedBy.id)} did without the approvals of others. Somebody else has to look at it${dueText(approval.breakGlass, votes)}, by ${code(`/auth review ${id} "how it was"`, 120)}. ${state === 'approved' ? `Until it has begun ${code(`/auth deny ${id} "why not"`, 120)} stops it. ` : ''}${code('/auth stop-all')} stops all changes.`,
      ]
    : [];

const dueText = ({ reviewWithin }: { reviewWithin: number }, votes: Run['votes']): string =>
  votes[0] ? ` until ${moment(votes[0].at + reviewWithin)}` : '';

/** More people than any policy asks for. */
const mostVotes = 10;

const said = { approve: 'Approved by', deny: 'Denied by', confirm: 'Confirmed by' } as const;

const voteLine = ({ kind, person, roles, note, at, steppedUp }: Run['votes'][number]): string => {
  const held = roles.length === 0 ? '' : ` (${rolesText(roles)})`;
  const why = note === null || note === '' ? '' : `: ${prose(note, 300)}`;
  const proven = steppedUp ? ' with a one-time password' : '';
  return `${said[kind]} ${mention(person)}${held}${proven} ${moment(at)}${why}`;
};

function waitingLines(run: Run): string[] {
  const { state, approval, waitsUntil, validUntil } = run;
  if (run.parent !== null) return [];
  if (state === 'approved' && validUntil !== null) {
    return [`The approval is good until ${moment(validUntil)}.`];
  }
  if (state !== 'waiting' || approval === null) return [];
  const until = waitsUntil === null ? '' : ` The request expires ${moment(waitsUntil)}.`;
  return [`*Still needed:* ${neededText(run)}.${until}`];
}

/** What a run waits for, without a full stop. */
export function neededText(run: Run): string {
  const { approval, requestedBy } = run;
  if (approval === null) return 'a plan';
  const open = openSlots(approval, approvalsOf(run));
  const proving = approval.stepUp ? ', each with a one-time password' : '';
  if (open.length > 0) return `${open.map(slotText).join(' and ')}${proving}`;
  return approval.requesterConfirms
    ? `the confirmation of ${mention(requestedBy.id)}`
    : 'nothing more';
}

const slotText = ({ n, anyOf }: Slot): string =>
  `${n} ${n === 1 ? 'person' : 'people'} with the role ${rolesText(anyOf)}`;

/** At most ten roles, as code. */
export const rolesText = (roles: readonly string[]): string =>
  roles
    .slice(0, 10)
    .map((role) => code(role, 40))
    .join(' or ') || 'nobody holds';
