import type { Args } from '../http/read-arguments.ts';
import { flag, textOf } from '../methods/arguments.ts';
import { contentOf } from '../methods/content.ts';
import type { ResponseUrl } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { edit, findMessage, post, remove } from './messages.ts';

/**
 * Does what an app sent to a response address: says something, to one person or to the channel, or
 * replaces or deletes the message it is about. Counts as one use when it was well-formed.
 */
export function respond(workspace: Workspace, address: ResponseUrl, args: Args): void {
  const { channel } = address;
  const original = address.original ? findMessage(workspace, channel, address.original) : undefined;
  if (flag(args, 'delete_original')) {
    if (original) remove(workspace, original);
  } else {
    say(workspace, address, args, original);
  }
  address.uses += 1;
  workspace.changed();
}

function say(
  workspace: Workspace,
  address: ResponseUrl,
  args: Args,
  original: ReturnType<typeof findMessage>,
): void {
  const { text, blocks } = contentOf({ args, method: 'response_url', workspace });
  if (flag(args, 'replace_original') && original) {
    edit(workspace, original, { text, blocks }, false);
    return;
  }
  const inChannel = textOf(args, 'response_type') === 'in_channel';
  const message = post(workspace, {
    channel: address.channel,
    text,
    blocks,
    threadTs: textOf(args, 'thread_ts') || null,
    onlyFor: inChannel ? null : address.user,
  });
  address.original ??= message.ts;
}
