import type { MessageKind, OutboxRow } from '../../core/outbox.ts';
import { isOver, type RunState } from '../../core/run.ts';

/** For how long a row belongs to whoever has taken it, in milliseconds. */
export const takenFor = 10_000;

/** After so many tries that did not succeed nothing more is tried, until there is something newer to show. */
export const maxTries = 12;

/**
 * By how many milliseconds a message of one priority may overtake one of the priority before. As it is
 * no more, whatever waits gets its turn.
 */
export const lead = 5_000;

/**
 * Likewise of one SEV before one of the SEV after it, when both are as urgent. Less than the lead all in
 * all, so that of what is due at the same time the more urgent goes first however bad its incident is.
 */
export const severityLead = 1_000;

/** The priority of what nobody waits for. */
export const restPriority = 2;

/** Which messages go first: 0 is what somebody waits for, 1 what goes on, 2 the rest. */
export function priorityOf(kind: MessageKind, state: RunState): number {
  if (kind === 'anchor') return restPriority;
  if (kind === 'claim') return 0;
  if (state === 'succeeded' && kind === 'end') return 1;
  return state === 'waiting' || isOver(state) ? 0 : 1;
}

/** Whether a channel is somebody's direct messages, which the outbox knows by the person. */
export const isDirect = (channel: string): boolean => channel.startsWith('D');

/** How many given up messages are told at once. */
export const mostUnconfirmed = 50;

/** How many waiting notices are told at once. */
export const mostWaiting = 1_000;

/** The methods whose rest holds a message up, by how far it is. */
export function methodsFor({ posted, ambiguous }: Pick<OutboxRow, 'posted' | 'ambiguous'>) {
  if (posted) return ['chat.update'];
  const always = ['chat.postMessage', 'conversations.open'];
  return ambiguous ? [...always, 'conversations.history'] : always;
}

/** Why a notice that was left out is not sent. */
export const ofThePast = 'it was of the past when Slack could be reached again';
