import { sender } from '../payloads/sender.ts';
import type { Control, Outcome } from '../protocol.ts';
import { viewShape } from '../shapes/view.ts';
import { showView, stackOf } from '../slack/views.ts';
import type { StoredView } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { applyResponse } from './apply-response.ts';
import { checkInputs } from './check-inputs.ts';
import { CannotDo, memberOf, outcomeOf } from './doing.ts';
import { fillIn } from './fill-in.ts';
import { surfaceOf } from './surface.ts';

type Answer = Outcome & { errors: Record<string, string> };

const trouble = 'We had some trouble connecting. Try again?';

/** Submits the modal on top. */
export async function submit(
  workspace: Workspace,
  { as, view: id, values: given }: Control['submit']['body'],
): Promise<Answer> {
  const surface = surfaceOf(workspace, { as, view: id });
  if (surface.kind !== 'view' || stackOf(workspace, as).at(-1) !== surface.view) {
    throw new CannotDo('view_not_on_top');
  }
  const { view } = surface;
  const values = fillIn(workspace, as, surface, given);
  const errors = checkInputs(surface.blocks, values);
  if (Object.keys(errors).length > 0) {
    Object.assign(view, { errors, trouble: null });
    showView(workspace, view);
    return { ok: false, error: 'incomplete', ms: 0, errors };
  }
  Object.assign(view, { errors: {}, trouble: null });
  return send(workspace, as, view);
}

async function send(workspace: Workspace, as: string, view: StoredView): Promise<Answer> {
  const { triggers, verification } = workspace;
  const payload = {
    type: 'view_submission',
    ...sender(memberOf(workspace, as), verification),
    trigger_id: triggers.make({ user: as, view: view.id }),
    view: viewShape(view),
  };
  const what = `interactive view_submission ${view.source.callback_id ?? ''}`;
  const ack = await workspace.deliver({ kind: 'interactive', what, payload });
  const taken = ack.ok && applyResponse(workspace, view, ack.body);
  if (!taken) {
    view.trouble = trouble;
    showView(workspace, view);
  }
  const outcome = outcomeOf(ack);
  const refused = ack.ok && !taken;
  return {
    ...(refused ? { ...outcome, ok: false, error: 'invalid_response_action' } : outcome),
    errors: view.errors,
  };
}
