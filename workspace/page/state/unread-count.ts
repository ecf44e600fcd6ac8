import type { Message } from '../../protocol.ts';

/** How many messages of others came after `seen`; replies that are only in a thread do not count. */
export const unreadCount = (messages: readonly Message[], seen: string, me: string): number =>
  messages.filter(
    ({ ts, user, threadTs, broadcast }) =>
      ts > seen && user !== me && (threadTs === null || broadcast),
  ).length;
