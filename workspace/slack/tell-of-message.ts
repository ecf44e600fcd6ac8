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

function tell(
  { world, events, ids }: Workspace,
  { channel: id, onlyFor }: StoredMessage,
  news: object,
) {
  const channel = world.channels.find((other) => other.id === id);
  if (!channel || !appIsIn(channel) || onlyFor !== null) return;
  const ts = ids.ts();
  const place = { channel: id, channel_type: channelType[channel.kind] };
  void events.emit({ type: 'message', ...news, ...place, hidden: true, ts, event_ts: ts });
}
