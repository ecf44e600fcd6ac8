import type { StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { appIsIn } from './app-is-in.ts';
import { edit } from './messages.ts';

/** Puts somebody's reaction under a message, or takes it away; the app is told. */
export function react(
  workspace: Workspace,
  message: StoredMessage,
  user: string,
  name: string,
  on: boolean,
): void {
  const others = message.reactions.map((reaction) => ({
    ...reaction,
    users: reaction.users.filter((other) => reaction.name !== name || other !== user),
  }));
  if (on && !others.some((reaction) => reaction.name === name)) others.push({ name, users: [] });
  if (on) others.find((reaction) => reaction.name === name)?.users.push(user);
  edit(workspace, message, { reactions: others.filter(({ users }) => users.length > 0) }, false);
  const channel = workspace.world.channels.find(({ id }) => id === message.channel);
  if (!channel || !appIsIn(channel)) return;
  void workspace.events.emit({
    type: on ? 'reaction_added' : 'reaction_removed',
    user,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    reaction: name,
    item_user: message.user,
    event_ts: workspace.ids.ts(),
  });
}
