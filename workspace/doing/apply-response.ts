import { checkView } from '../blocks/check.ts';
import {
  newView,
  replaceView,
  setStack,
  showView,
  stackOf,
  type ViewSource,
} from '../slack/views.ts';
import type { StoredView } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** How the app may answer a submission. */
interface Response {
  response_action?: unknown;
  errors?: unknown;
  view?: unknown;
}

/** Does what the app answered to a submission. False when Slack would not understand it. */
export function applyResponse(workspace: Workspace, view: StoredView, body: unknown): boolean {
  const response = Object(body) as Response;
  const { user } = view;
  const below = stackOf(workspace, user).filter((other) => other !== view);
  switch (response.response_action) {
    case undefined:
      setStack(workspace, user, below);
      return true;
    case 'clear':
      setStack(workspace, user, []);
      return true;
    case 'errors':
      return showErrors(workspace, view, response.errors);
    case 'update':
      if (!isModal(response.view)) return false;
      replaceView(workspace, view, response.view);
      return true;
    case 'push':
      if (!isModal(response.view) || below.length >= 2) return false;
      setStack(workspace, user, [...below, view, newView(workspace, user, response.view, view)]);
      return true;
    default:
      return false;
  }
}

const isModal = (view: unknown): view is ViewSource =>
  checkView(view) === null && Object(view).type === 'modal';

/** Slack takes errors only for the view's own input blocks. */
function showErrors(workspace: Workspace, view: StoredView, errors: unknown): boolean {
  const inputs = view.source.blocks.filter(({ type }) => type === 'input');
  const known = new Set(inputs.map(({ block_id }) => block_id));
  const entries = Object.entries(Object(errors));
  const fits = ([block, text]: [string, unknown]) => known.has(block) && typeof text === 'string';
  if (entries.length === 0 || !entries.every(fits)) return false;
  view.errors = Object.fromEntries(entries) as Record<string, string>;
  view.trouble = null;
  showView(workspace, view);
  return true;
}
