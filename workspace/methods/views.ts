import { checkView } from '../blocks/check.ts';
import { viewShape } from '../shapes/view.ts';
import type { Trigger } from '../slack/triggers.ts';
import {
  findView,
  newView,
  replaceView,
  setHome,
  setStack,
  stackOf,
  type ViewSource,
} from '../slack/views.ts';
import type { StoredView } from '../state/world.ts';
import { invalidArguments, jsonOf, required, textOf } from './arguments.ts';
import { userOf } from './channel-of.ts';
import { turnedDown } from './content.ts';
import { ApiError, type Call, type Methods } from './method.ts';
import { wrongFiles } from './slack-files.ts';

/** Slack lets this many modals lie on one another. */
const deepest = 3;

/** Modals and Home tabs. */
export const views: Methods = {
  'views.open': (call) => {
    const source = sourceOf(call, 'modal');
    const { user } = triggerOf(call);
    const view = newView(call.workspace, user, source);
    setStack(call.workspace, user, [view]);
    return { view: viewShape(view) };
  },

  'views.push': (call) => {
    const source = sourceOf(call, 'modal');
    const { user } = triggerOf(call);
    const stack = stackOf(call.workspace, user);
    if (stack.length === 0) throw new ApiError('not_found');
    if (stack.length >= deepest) throw new ApiError('push_limit_reached');
    const view = newView(call.workspace, user, source, stack.at(-1));
    setStack(call.workspace, user, [...stack, view]);
    return { view: viewShape(view) };
  },

  'views.update': (call) => {
    const { args, workspace } = call;
    const view = findView(workspace, textOf(args, 'view_id'), textOf(args, 'external_id'));
    if (!view) throw new ApiError('not_found');
    const source = sourceOf(call, view.source.type);
    checkHash(call, view);
    replaceView(workspace, view, source);
    return { view: viewShape(view) };
  },

  'views.publish': (call) => {
    const { workspace } = call;
    if (!workspace.manifest.homeTab) throw new ApiError('not_enabled');
    const user = userOf(call, required(call.args, 'user_id'));
    const source = sourceOf(call, 'home');
    const before = workspace.world.homes[user.id];
    if (before) checkHash(call, before);
    const view = before ?? newView(workspace, user.id, source);
    if (before) replaceView(workspace, before, source);
    else setHome(workspace, view);
    return { view: viewShape(view) };
  },
};

function sourceOf({ args, workspace }: Call, type: string): ViewSource {
  const view = jsonOf(args, 'view');
  if (view === undefined) throw invalidArguments('missing required field: view');
  const refusal = checkView(view);
  if (refusal) throw turnedDown(refusal);
  const source = view as ViewSource;
  const problems = wrongFiles(workspace, source.blocks, '/view/blocks');
  if (problems.length > 0) throw turnedDown({ error: 'invalid_arguments', problems });
  if (source.type !== type) {
    throw invalidArguments(`invalid view type: ${source.type} [json-pointer:/view/type]`);
  }
  return source;
}

function triggerOf({ args, workspace }: Call): Trigger {
  const trigger = workspace.triggers.take(required(args, 'trigger_id'));
  if (typeof trigger === 'string') throw new ApiError(trigger);
  return trigger;
}

/** An app that names the version it has seen must not overwrite a newer one. */
function checkHash({ args }: Call, view: StoredView): void {
  const hash = textOf(args, 'hash');
  if (hash !== '' && hash !== view.hash) throw new ApiError('hash_conflict');
}
