import type { StoredChannel, StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { messageShape } from './message.ts';

/** A pinned message as the Web API and the events show it. */
export function pinShape(
  { world, url }: Pick<Workspace, 'world' | 'url'>,
  channel: StoredChannel,
  message: StoredMessage,
): Record<string, unknown> {
  const by = channel.pinnedBy[message.ts];
  return {
    type: 'message',
    created: by?.at ?? 0,
    created_by: by?.user ?? '',
    channel: channel.id,
    message: {
      ...messageShape(message, { world, url: url() }),
      pinned_to: [channel.id],
      permalink: `${url()}/archives/${channel.id}/p${message.ts.replace('.', '')}`,
    },
  };
}
