import type { Control, Outcome } from '../protocol.ts';
import { findChannel } from '../slack/channels.ts';
import { edit, remove } from '../slack/messages.ts';
import * as pins from '../slack/pins.ts';
import { messageNow, tellChanged, tellDeleted } from '../slack/tell-of-message.ts';
import type { StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, channelFor, done, memberOf } from './doing.ts';
import { createMarkup } from './markup.ts';
import { surfaceOf } from './surface.ts';

/** Changes what one has written oneself; the app is told. */
export function editMessage(workspace: Workspace, body: Control['edit']['body']): Outcome {
  const message = messageFor(workspace, body);
  if (message.user !== body.as) throw new CannotDo('cant_update_message');
  if (body.text.trim() === '') throw new CannotDo('no_text');
  const before = messageNow(workspace, message);
  edit(workspace, message, { text: createMarkup(workspace.world, body.as).message(body.text) });
  tellChanged(workspace, message, before);
  return done;
}

/** Takes a message away: one's own, or the app's, as administrators can. The app is told. */
export function deleteMessage(workspace: Workspace, body: Control['remove']['body']): Outcome {
  const message = messageFor(workspace, body);
  const author = memberOf(workspace, message.user);
  if (author.id !== body.as && !author.bot) throw new CannotDo('cant_delete_message');
  tellDeleted(workspace, message);
  remove(workspace, message);
  return done;
}

/** Pins a message, or takes its pin away. The app is told. */
export function togglePin(workspace: Workspace, body: Control['pin']['body']): Outcome {
  const message = messageFor(workspace, body);
  const channel = channelFor(workspace, body.as, message.channel);
  const change = channel.pins.includes(message.ts) ? pins.unpin : pins.pin;
  change(workspace, channel, message, body.as);
  return done;
}

/** A message that everybody in an open channel sees. */
function messageFor(
  workspace: Workspace,
  { as, channel, ts }: { as: string; channel: string; ts: string },
): StoredMessage {
  memberOf(workspace, as);
  const surface = surfaceOf(workspace, { as, message: { channel, ts } });
  if (surface.kind !== 'message' || surface.message.onlyFor)
    throw new CannotDo('message_not_found');
  if (findChannel(workspace, channel)?.archived) throw new CannotDo('is_archived');
  return surface.message;
}
