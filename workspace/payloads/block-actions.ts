import type { Surface } from '../doing/surface.ts';
import { messageShape } from '../shapes/message.ts';
import { viewShape } from '../shapes/view.ts';
import type { Json } from '../slack/elements.ts';
import { responsePath } from '../slack/response-urls.ts';
import type { Values } from '../slack/values.ts';
import type { StoredMember, StoredMessage } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { placeOf } from './place.ts';
import { sender } from './sender.ts';

interface Click {
  user: StoredMember;
  surface: Surface;
  action: Json;
  values: Values | null;
  triggerId: string;
}

/** A click in a message or in a view. */
export function blockActions(workspace: Workspace, click: Click): Json {
  const { user, surface, action, values, triggerId } = click;
  const common = {
    type: 'block_actions',
    ...sender(user, workspace.verification),
    trigger_id: triggerId,
    actions: [action],
  };
  if (surface.kind === 'view') {
    const { view } = surface;
    const container = { type: 'view', view_id: view.id };
    return { ...common, container, view: viewShape(view) };
  }
  return {
    ...common,
    ...inMessage(workspace, user, surface.message),
    state: { values: values ?? {} },
  };
}

/** Slack does not send the text of a message back that only one person sees. */
function inMessage(workspace: Workspace, user: StoredMember, message: StoredMessage): Json {
  const { channel, ts, onlyFor, threadTs } = message;
  const { world, responses } = workspace;
  const ephemeral = onlyFor !== null;
  const address = responses.make({ user: user.id, channel, original: ts });
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: ephemeral,
      ...(threadTs && { thread_ts: threadTs }),
    },
    channel: placeOf(world, channel),
    ...(!ephemeral && { message: messageShape(message, { world, url: workspace.url() }) }),
    response_url: `${workspace.url()}${responsePath(address)}`,
  };
}
