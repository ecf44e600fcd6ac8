import { sender } from '../payloads/sender.ts';
import type { Control, Outcome } from '../protocol.ts';
import { viewShape } from '../shapes/view.ts';
import { setStack, stackOf } from '../slack/views.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, done, memberOf, outcomeOf } from './doing.ts';

/** Closes a modal, and what lies on it; the app hears of it when it asked to. */
export async function close(
  workspace: Workspace,
  { as, view: id }: Control['close']['body'],
): Promise<Outcome> {
  const user = memberOf(workspace, as);
  const stack = stackOf(workspace, as);
  const at = stack.findIndex((view) => view.id === id);
  const view = stack[at];
  if (!view) throw new CannotDo('view_not_found');
  setStack(workspace, as, stack.slice(0, at));
  if (view.source.notify_on_close !== true) return done;
  const payload = {
    type: 'view_closed',
    ...sender(user, workspace.verification),
    view: viewShape(view),
    is_cleared: false,
  };
  const what = `interactive view_closed ${view.source.callback_id ?? ''}`;
  return outcomeOf(await workspace.deliver({ kind: 'interactive', what, payload }));
}
