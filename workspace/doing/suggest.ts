import { placeOf } from '../payloads/place.ts';
import { sender } from '../payloads/sender.ts';
import type { Control, Outcome } from '../protocol.ts';
import { viewShape } from '../shapes/view.ts';
import { type Json, optionsOf } from '../slack/elements.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, memberOf, outcomeOf } from './doing.ts';
import { elementOn, type Surface, surfaceOf } from './surface.ts';

type Call = Control['suggest'];

/** Asks the app what an external select offers for the letters typed so far. */
export async function suggest(
  workspace: Workspace,
  body: Call['body'],
): Promise<Outcome & Call['answer']> {
  const user = memberOf(workspace, body.as);
  const surface = surfaceOf(workspace, body);
  const { element, type, blockId, actionId } = elementOn(surface, body.blockId, body.actionId);
  if (!type.includes('external')) throw new CannotDo('not_an_external_select');
  const fewest = Number(element.min_query_length ?? 3);
  if (body.query.length < fewest) return { ok: true, error: null, ms: 0, options: [] };
  const payload = {
    type: 'block_suggestion',
    ...sender(user, workspace.verification),
    action_id: actionId,
    block_id: blockId,
    value: body.query,
    ...placeIn(workspace, surface),
  };
  const what = `interactive block_suggestion ${actionId}`;
  const ack = await workspace.deliver({ kind: 'interactive', what, payload });
  const offered = ack.ok ? optionsOf(Object(ack.body)).slice(0, 100) : [];
  workspace.choices.suggest(body.as, actionId, offered);
  return { ...outcomeOf(ack), options: offered.flatMap(shown) };
}

function placeIn({ world }: Workspace, surface: Surface): Json {
  if (surface.kind === 'view') {
    return {
      container: { type: 'view', view_id: surface.view.id },
      view: viewShape(surface.view),
    };
  }
  const { channel, ts } = surface.message;
  return {
    container: { type: 'message', message_ts: ts, channel_id: channel },
    channel: placeOf(world, channel),
  };
}

function shown({ text, value }: Json): { text: string; value: string }[] {
  const { text: label } = Object(text) as { text?: unknown };
  return typeof label === 'string' && typeof value === 'string' ? [{ text: label, value }] : [];
}
