import type { Message } from '../../protocol.ts';

/** How many messages of others came after `seen`; replies in threads do not count. */
export const unreadCount = (messages: readonly Message[], seen: string, me: string): number =>
  messages.filter(({ ts, user, threadTs }) => ts > seen && user !== me && threadTs === null).length;
