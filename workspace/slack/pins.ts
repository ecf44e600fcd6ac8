import { pinShape } from '../shapes/pin.ts';
import type { StoredChannel, StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { appIsIn } from './app-is-in.ts';
import { showChannel } from './channels.ts';

/** Pins a message to its channel; the app is told. */
export function pin(
  workspace: Workspace,
  channel: StoredChannel,
  message: StoredMessage,
  user: string,
): void {
  const at = Math.floor(workspace.chance.now() / 1000);
  channel.pins = [...channel.pins, message.ts];
  channel.pinnedBy[message.ts] = { user, at };
  showChannel(workspace, channel);
  tell(workspace, 'pin_added', channel, message, user);
}

/** Takes the pin away; the app is told. */
export function unpin(
  workspace: Workspace,
  channel: StoredChannel,
  message: StoredMessage,
  user: string,
): void {
  channel.pins = channel.pins.filter((ts) => ts !== message.ts);
  showChannel(workspace, channel);
  tell(workspace, 'pin_removed', channel, message, user);
}

function tell(
  workspace: Workspace,
  type: 'pin_added' | 'pin_removed',
  channel: StoredChannel,
  message: StoredMessage,
  user: string,
): void {
  if (!appIsIn(channel)) return;
  const by = channel.pinnedBy[message.ts];
  void workspace.events.emit({
    type,
    user,
    channel_id: channel.id,
    item: pinShape(workspace, channel, message),
    item_user: message.user,
    pin_count: channel.pins.length,
    pinned_info: { channel: channel.id, pinned_by: by?.user ?? '', pinned_ts: by?.at ?? 0 },
    ...(type === 'pin_removed' && { has_pins: channel.pins.length > 0 }),
    event_ts: workspace.ids.ts(),
  });
}
