import type { OutboxRow, Rest } from '../../core/outbox.ts';
import type { Gates } from './outbox-gates.ts';

/** The gate of posts into a place, which are kept apart. */
export const postGate = ({ to }: Pick<OutboxRow, 'to'>): string => `post ${to}`;

/** The gate of edits of one message, which are kept apart. */
export const editGate = ({ id }: Pick<OutboxRow, 'id'>): string => `edit ${id}`;

/** The gate of a method that Slack has asked patience with. */
export const callGate = (method: string, place: string): string => `${method} ${place}`;

const methods = ['chat.postMessage', 'chat.update', 'conversations.open', 'conversations.history'];

/** What is closed here and has to rest in every other process as well. */
export function restsOf(gates: Gates, row: Pick<OutboxRow, 'id' | 'to'>): Rest[] {
  const called = methods.map((method) => ({ method, ms: gates.wait(callGate(method, row.to)) }));
  const posts = { method: 'chat.postMessage', ms: gates.wait(postGate(row)) };
  const edits = { method: null, ms: gates.wait(editGate(row)) };
  const all = new Map<string | null, number>();
  for (const { method, ms } of [...called, posts, edits]) {
    if (ms > 0) all.set(method, Math.max(ms, all.get(method) ?? 0));
  }
  return [...all].map(([method, ms]) => ({ method, ms }));
}

/** The method that a row was handed out for. */
export const callOf = ({ posted }: Pick<OutboxRow, 'posted'>): string =>
  posted ? 'chat.update' : 'chat.postMessage';
