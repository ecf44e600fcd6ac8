import type { FormState } from '../protocol.ts';
import { elementsOf } from '../slack/elements.ts';
import { type Given, stateOf, type Values } from '../slack/values.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo } from './doing.ts';
import { keepValues, type Surface, valuesOn } from './surface.ts';

/** Puts what somebody gave into the inputs of a message or a view; returns what they all hold then. */
export function fillIn(
  workspace: Workspace,
  user: string,
  surface: Surface,
  given: FormState,
): Values {
  const values = structuredClone(valuesOn(workspace, user, surface));
  for (const placed of elementsOf(surface.blocks)) {
    const { blockId, actionId } = placed;
    const block: Readonly<Record<string, Given>> = given[blockId] ?? {};
    const value = Object.hasOwn(block, actionId) ? block[actionId] : undefined;
    if (value === undefined) continue;
    const shaped = stateOf(placed, value, workspace.choices.suggested(user, actionId));
    if (!shaped) throw new CannotDo(`invalid_option: ${blockId}/${actionId} has no ${value}`);
    values[blockId] = { ...values[blockId], [actionId]: shaped };
  }
  keepValues(workspace, user, surface, values);
  return values;
}
