import type { StoredChannel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { appIsIn } from './app-is-in.ts';

/** What Slack calls a kind of channel in the names of events. */
const prefixes = { channel: 'channel', private: 'group', im: 'im' } as const;

/** What may happen to a channel as a whole. */
export type ChannelNews = 'archive' | 'created' | 'deleted' | 'left' | 'rename' | 'unarchive';

/**
 * Tells the app what became of a channel, as `channel_…` or, of a private one, as `group_…`. Of a
 * private channel it hears only while it is in it, or when it is the one that has left.
 */
export function tellOfChannel(
  { events, ids }: Workspace,
  channel: StoredChannel,
  news: ChannelNews,
  more: Record<string, unknown>,
): void {
  if (channel.kind === 'private' && news !== 'left' && !appIsIn(channel)) return;
  const type = `${prefixes[channel.kind]}_${news}`;
  void events.emit({ type, channel: channel.id, ...more, event_ts: ids.ts() });
}

/** A channel as events describe it where they do more than name it. */
export const briefly = ({ id, name, kind, created }: StoredChannel) => ({
  id,
  name,
  name_normalized: name,
  created,
  is_channel: kind === 'channel',
  is_mpim: false,
});
