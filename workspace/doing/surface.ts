import { elementsOf, type Json, type Placed } from '../slack/elements.ts';
import { canSee, findMessage } from '../slack/messages.ts';
import { initialValues, type Values } from '../slack/values.ts';
import { findView } from '../slack/views.ts';
import type { StoredMessage, StoredView } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo } from './doing.ts';

/** What somebody is looking at: a message, or a view. */
export type Surface =
  | { kind: 'message'; message: StoredMessage; blocks: readonly Json[] }
  | { kind: 'view'; view: StoredView; blocks: readonly Json[] };

interface Where {
  as: string;
  message?: { channel: string; ts: string };
  view?: string;
}

/** The message or view that a control call names, if that person may see it. */
export function surfaceOf(workspace: Workspace, { as, message: at, view: id }: Where): Surface {
  if (at) {
    const message = findMessage(workspace, at.channel, at.ts);
    if (!message || !canSee(workspace, as, message)) throw new CannotDo('message_not_found');
    return { kind: 'message', message, blocks: message.blocks };
  }
  const view = findView(workspace, id ?? '');
  if (!view || view.user !== as) throw new CannotDo('view_not_found');
  return { kind: 'view', view, blocks: view.source.blocks };
}

/** The element with these ids on it. */
export function elementOn({ blocks }: Surface, blockId: string, actionId: string): Placed {
  const found = elementsOf(blocks).find(
    (placed) => placed.blockId === blockId && placed.actionId === actionId,
  );
  if (found) return found;
  throw new CannotDo('element_not_found');
}

/** What the person has chosen there so far. */
export function valuesOn({ choices }: Workspace, user: string, surface: Surface): Values {
  if (surface.kind === 'view') return surface.view.values;
  const { channel, ts } = surface.message;
  return { ...initialValues(surface.blocks), ...choices.of(user, channel, ts) };
}

/** Remembers it. */
export function keepValues(
  workspace: Workspace,
  user: string,
  surface: Surface,
  values: Values,
): void {
  if (surface.kind === 'view') {
    surface.view.values = values;
    workspace.changed();
  } else {
    workspace.choices.set(user, surface.message.channel, surface.message.ts, values);
  }
}
