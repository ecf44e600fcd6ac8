import { placeOf } from '../payloads/place.ts';
import { sender } from '../payloads/sender.ts';
import type { Control, Outcome } from '../protocol.ts';
import { messageShape } from '../shapes/message.ts';
import type { Json } from '../slack/elements.ts';
import { responsePath } from '../slack/response-urls.ts';
import type { StoredMember } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, memberOf, outcomeOf } from './doing.ts';
import { surfaceOf } from './surface.ts';

type Body = Control['shortcut']['body'];

/** Chooses a shortcut: anywhere, or of a message. */
export async function shortcut(workspace: Workspace, body: Body): Promise<Outcome> {
  const { as, callbackId } = body;
  const user = memberOf(workspace, as);
  const known = workspace.manifest.shortcuts.find((other) => other.callbackId === callbackId);
  if (!known) throw new CannotDo('shortcut_not_found');
  const payload = {
    type: known.type === 'message' ? 'message_action' : 'shortcut',
    ...from(user, workspace.verification),
    action_ts: workspace.ids.ts(),
    callback_id: callbackId,
    trigger_id: workspace.triggers.make({ user: as, view: null }),
    ...(known.type === 'message' && ofMessage(workspace, body)),
  };
  const what = `interactive ${payload.type} ${callbackId}`;
  return outcomeOf(await workspace.deliver({ kind: 'interactive', what, payload }));
}

/** A shortcut says less of where it comes from than other interactions. */
function from(member: StoredMember, verification: string): Json {
  const { user, api_app_id: _, ...rest } = sender(member, verification);
  const { username: __, ...named } = user;
  return { ...rest, user: named };
}

function ofMessage(workspace: Workspace, body: Body): Json {
  const surface = surfaceOf(workspace, body);
  if (surface.kind !== 'message') throw new CannotDo('message_not_found');
  const { message } = surface;
  const { channel, ts } = message;
  const address = workspace.responses.make({ user: body.as, channel, original: null });
  return {
    channel: placeOf(workspace.world, channel),
    message_ts: ts,
    message: messageShape(message, { world: workspace.world, url: workspace.url() }),
    response_url: `${workspace.url()}${responsePath(address)}`,
  };
}
