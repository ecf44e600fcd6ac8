import { app, team } from '../people.ts';
import type { Channel } from '../protocol.ts';
import type { StoredChannel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** What Slack calls a kind of channel in events. */
export const channelType = { channel: 'channel', private: 'group', im: 'im' } as const;

/** The part of a channel that people see. */
export function toChannel(channel: StoredChannel): Channel {
  const { id, name, kind, members, topic, purpose, archived, pins, bookmarks } = channel;
  return { id, name, kind, members, topic, purpose, archived, pins, bookmarks };
}

/** The channel of this id, or of this name with or without `#`. */
export const findChannel = ({ world }: Workspace, name: string): StoredChannel | undefined =>
  world.channels.find(({ id }) => id === name) ??
  world.channels.find(
    (channel) => channel.kind !== 'im' && channel.name === name.replace(/^#/, ''),
  );

/** Shows a changed channel to its members. */
export function showChannel(workspace: Workspace, channel: StoredChannel): void {
  channel.updated = Math.floor(workspace.chance.now() / 1000);
  const entry = { type: 'channel', channel: toChannel(channel) } as const;
  workspace.feed.publish(entry, (user) => channel.members.includes(user));
  workspace.changed();
}

/** Lets somebody in; the app is told. */
export function addMember(
  workspace: Workspace,
  channel: StoredChannel,
  user: string,
  inviter: string | null,
): void {
  channel.members.push(user);
  showChannel(workspace, channel);
  workspace.feed.renew([user]);
  void workspace.events.emit({
    type: 'member_joined_channel',
    user,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: team.id,
    ...(inviter && { inviter }),
    event_ts: workspace.ids.ts(),
  });
}

/** Takes somebody out. */
export function removeMember(workspace: Workspace, channel: StoredChannel, user: string): void {
  channel.members = channel.members.filter((member) => member !== user);
  showChannel(workspace, channel);
  workspace.feed.renew([user]);
}

/** Closes a channel; the app is told. */
export function archive(workspace: Workspace, channel: StoredChannel, user: string): void {
  channel.archived = true;
  showChannel(workspace, channel);
  void workspace.events.emit({
    type: 'channel_archive',
    channel: channel.id,
    user,
    is_moved: 0,
    event_ts: workspace.ids.ts(),
  });
}

/** Whether the app is in the channel. */
export const appIsIn = (channel: StoredChannel): boolean => channel.members.includes(app.botUser);
