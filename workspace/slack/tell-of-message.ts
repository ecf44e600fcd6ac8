import { app } from '../people.ts';
import { messageShape } from '../shapes/message.ts';
import type { StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { appIsIn } from './app-is-in.ts';
import { channelType } from './channels.ts';

/** A message as it is now, to be told of once it has changed. */
export const messageNow = (workspace: Workspace, message: StoredMessage): Record<string, unknown> =>
  structuredClone(messageShape(message, { world: workspace.world, url: workspace.url() }));

/** Tells the app that somebody changed a message: how it was, and how it is. */
export const tellChanged = (
  workspace: Workspace,
  message: StoredMessage,
  before: Record<string, unknown>,
): void =>
  tell(workspace, message, {
    subtype: 'message_changed',
    message: messageNow(workspace, message),
    previous_message: before,
  });

/** Tells the app that somebody took a message away. */
export const tellDeleted = (workspace: Workspace, message: StoredMessage): void =>
  tell(workspace, message, {
    subtype: 'message_deleted',
    previous_message: messageNow(workspace, message),
    deleted_ts: message.ts,
  });

/**
 * Tells the app of a message that it has posted itself: an app which takes everything that is said for
 * the words of people would answer itself.
 */
export function tellPosted(workspace: Workspace, message: StoredMessage): void {
  const channel = heardIn(workspace, message);
  if (!channel) return;
  const place = { channel: channel.id, channel_type: channelType[channel.kind] };
  const event = { ...messageNow(workspace, message), ...place, event_ts: message.ts };
  void workspace.events.emit({ ...event, type: 'message' });
}

function tell(workspace: Workspace, message: StoredMessage, news: object): void {
  const channel = heardIn(workspace, message);
  if (!channel) return;
  const ts = workspace.ids.ts();
  const place = { channel: channel.id, channel_type: channelType[channel.kind] };
  const event = { type: 'message', ...news, ...place, hidden: true, ts, event_ts: ts };
  void workspace.events.emit(event);
}

/** Null where the app hears nothing. Of its own direct messages this workspace does not tell it. */
function heardIn({ world }: Workspace, { channel: id, onlyFor, user }: StoredMessage) {
  const channel = world.channels.find((other) => other.id === id);
  if (!channel || !appIsIn(channel) || onlyFor !== null) return null;
  return channel.kind === 'im' && user === app.botUser ? null : channel;
}
