import { app, directMessage, slackbot, team } from '../people.ts';
import type { Channel } from '../protocol.ts';
import type { StoredChannel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { appIsIn } from './app-is-in.ts';
import { briefly, tellOfChannel } from './tell-of-channel.ts';

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

/** Shows a channel that has just been made; everybody learns the name of a public one. */
export function openChannel(workspace: Workspace, channel: StoredChannel): void {
  workspace.world.channels.push(channel);
  showChannel(workspace, channel);
  nameChannel(workspace, channel);
  tellOfChannel(workspace, channel, 'created', {
    channel: { ...briefly(channel), creator: channel.creator },
  });
}

/** Tells everybody what a public channel is called, so that it can be mentioned and joined. */
export function nameChannel({ feed }: Workspace, { id, name, kind }: StoredChannel): void {
  if (kind === 'channel') feed.publish({ type: 'room', room: { id, name } });
}

/** Lets somebody in; the app is told when it is in the channel too. */
export function addMember(
  workspace: Workspace,
  channel: StoredChannel,
  user: string,
  inviter: string | null,
): void {
  channel.members.push(user);
  showChannel(workspace, channel);
  workspace.feed.renew([user]);
  if (!appIsIn(channel)) return;
  void workspace.events.emit({
    type: 'member_joined_channel',
    ...passage(workspace, channel, user),
    ...(inviter && { inviter }),
    event_ts: workspace.ids.ts(),
  });
}

/** Takes somebody out. The app is told, also when it is the one: then in several ways, as by Slack. */
export function removeMember(
  workspace: Workspace,
  channel: StoredChannel,
  user: string,
  actor: string,
): void {
  const heard = appIsIn(channel);
  channel.members = channel.members.filter((member) => member !== user);
  showChannel(workspace, channel);
  workspace.feed.renew([user]);
  if (!heard) return;
  void workspace.events.emit({
    type: 'member_left_channel',
    ...passage(workspace, channel, user),
    event_ts: workspace.ids.ts(),
  });
  if (user !== app.botUser) return;
  tellOfChannel(workspace, channel, 'left', { actor_id: actor });
  if (actor !== app.botUser)
    slackbotTells(workspace, `You have been removed from #${channel.name} by <@${actor}>`);
}

/** Slackbot writes to apps too, as somebody who is no bot: what it says must not pass for a command. */
function slackbotTells({ events, ids }: Workspace, text: string): void {
  const ts = ids.ts();
  const place = { channel: directMessage(slackbot), channel_type: 'im' };
  void events.emit({
    type: 'message',
    user: slackbot,
    text,
    team: team.id,
    ts,
    event_ts: ts,
    ...place,
  });
}

const passage = ({ world }: Workspace, channel: StoredChannel, user: string) => ({
  user,
  channel: channel.id,
  channel_type: channel.kind === 'private' ? 'G' : 'C',
  team: world.members.find(({ id }) => id === user)?.team ?? team.id,
});

/** Closes a channel; the app is told. */
export function archive(workspace: Workspace, channel: StoredChannel, user: string): void {
  channel.archived = true;
  showChannel(workspace, channel);
  tellOfChannel(workspace, channel, 'archive', { user, is_moved: 0 });
}

/** Opens it again; the app is told. */
export function unarchive(workspace: Workspace, channel: StoredChannel, user: string): void {
  channel.archived = false;
  showChannel(workspace, channel);
  tellOfChannel(workspace, channel, 'unarchive', { user });
}

/** Takes a channel away for good, with all that was said in it; the app is told. */
export function removeChannel(workspace: Workspace, channel: StoredChannel, user: string): void {
  const { world, feed } = workspace;
  world.channels = world.channels.filter((other) => other !== channel);
  world.messages = world.messages.filter((message) => message.channel !== channel.id);
  workspace.changed();
  feed.renew(channel.members);
  tellOfChannel(workspace, channel, 'deleted', { actor_id: user });
}
