import type { WebClient } from '@slack/web-api';
import type { Post } from '../handlers/desk-tools.ts';
import { plainly } from './answer.ts';
import { waitOut } from './calling/wait-out.ts';

const prefix = 'user:';

/** Posts a message to a channel, or to the direct messages of `user:U…`. */
export function createPost(api: Pick<WebClient, 'chat' | 'conversations'>): Post {
  return async (to, message) => {
    const channel = to.startsWith(prefix) ? await directly(api, to.slice(prefix.length)) : to;
    await waitOut(() => api.chat.postMessage({ channel, ...message, ...plainly }));
  };
}

async function directly(api: Pick<WebClient, 'conversations'>, users: string): Promise<string> {
  const { channel } = await waitOut(() => api.conversations.open({ users }));
  if (!channel?.id) throw new Error('Slack opened no direct messages with the person');
  return channel.id;
}
