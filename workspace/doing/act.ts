import { actionOf } from '../payloads/action.ts';
import { blockActions } from '../payloads/block-actions.ts';
import type { Control, Outcome } from '../protocol.ts';
import type { Placed } from '../slack/elements.ts';
import { inputKinds } from '../slack/input-kinds.ts';
import type { Given } from '../slack/values.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, memberOf, outcomeOf } from './doing.ts';
import { fillIn } from './fill-in.ts';
import { elementOn, surfaceOf } from './surface.ts';

type Body = Control['act']['body'];

/** Presses a button, or chooses something, in a message or in a view. */
export async function act(workspace: Workspace, body: Body): Promise<Outcome> {
  const user = memberOf(workspace, body.as);
  const surface = surfaceOf(workspace, body);
  const placed = elementOn(surface, body.blockId, body.actionId);
  const values = fillIn(workspace, body.as, surface, chosenOf(placed, body));
  const chosen = values[placed.blockId]?.[placed.actionId];
  const action = actionOf(placed, chosen, body.value ?? '', workspace.ids.ts());
  if (!action) throw new CannotDo(`invalid_option: ${body.value}`);
  const view = surface.kind === 'view' ? surface.view.id : null;
  const payload = blockActions(workspace, {
    user,
    surface,
    action,
    values: Object.keys(values).length > 0 ? values : null,
    triggerId: workspace.triggers.make({ user: user.id, view }),
  });
  const what = `interactive block_actions ${placed.actionId}`;
  return outcomeOf(await workspace.deliver({ kind: 'interactive', what, payload }));
}

/** What was given for the element itself and for those around it. */
function chosenOf(
  { blockId, actionId, type }: Placed,
  body: Body,
): Record<string, Record<string, Given>> {
  const around = body.state ?? {};
  const given = body.values ?? body.value;
  if (given === undefined || !inputKinds[type]) return around;
  return { ...around, [blockId]: { ...around[blockId], [actionId]: given } };
}
