import type { MessageKind, OutboxRow } from '../../core/outbox.ts';
import { isOver, type RunState } from '../../core/run.ts';

/** For how long a row belongs to whoever has taken it, in milliseconds. */
export const takenFor = 10_000;

/** After so many tries that did not succeed nothing more is tried, until there is something newer to show. */
export const maxTries = 12;

/**
 * For so many milliseconds a message waits behind whatever is more urgent. After that it has a share: every tenth
 * message that goes out is the one that has waited longest, so that nothing waits for ever, however much that is
 * more urgent there is.
 */
export const share = { after: 60_000, every: 10 };

/** The priority of what nobody waits for. */
export const restPriority = 2;

/** What shows a run for as long as it changes. */
export const liveKinds: readonly MessageKind[] = ['card', 'escalation'];

/** Which messages go first: 0 is what somebody waits for, 1 what goes on, 2 the rest. */
export function priorityOf(kind: MessageKind, state: RunState): number {
  if (kind === 'anchor') return restPriority;
  if (kind === 'claim' || kind === 'late') return 0;
  if (state === 'succeeded' && (kind === 'end' || kind === 'ended')) return 1;
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

/** The longest that the live card of an incident is put off once there is news, in milliseconds. */
export const longestCardWait = 60_000;
/** The methods of which Slack counts each channel for itself as well. */
export const isOfChannels = (method: string): boolean => method === 'chat.postMessage';

/** The method that brings a message to Slack, by whether it stands there already. */
export const methodOf = ({ posted }: Pick<OutboxRow, 'posted'>) =>
  posted ? 'chat.update' : 'chat.postMessage';

/** In which turn, of those that are to come, the nth goes by its urgency, after so many that were served. */
export const turnByUrgency = (n: number, served: number): number =>
  n + Math.floor((n - 1 + (served % share.every)) / (share.every - 1));

/** Likewise the nth of those that have waited long, by how long they have. */
export const turnByAge = (n: number, served: number): number =>
  n * share.every - (served % share.every);

/** Whether a turn belongs to what has waited longest. */
export const isByAge = (turn: number, served: number): boolean =>
  (turn + served) % share.every === 0;
