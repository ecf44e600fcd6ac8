import type { Block, View } from '../protocol.ts';
import type { StoredView } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { fillIds } from './fill-ids.ts';
import { initialValues } from './values.ts';

/** What an app sends as a view. */
export type ViewSource = StoredView['source'];

/** The part of a view that its person sees. */
export function toView({ id, hash, source, errors, trouble }: StoredView): View {
  return {
    id,
    type: source.type === 'home' ? 'home' : 'modal',
    title: plain(source.title) ?? '',
    submit: plain(source.submit),
    close: plain(source.close),
    callbackId: typeof source.callback_id === 'string' ? source.callback_id : '',
    hash,
    blocks: source.blocks as Block[],
    errors,
    ...(trouble && { trouble }),
  };
}

const plain = (text: unknown): string | null => {
  const { text: value } = Object(text) as { text?: unknown };
  return typeof value === 'string' ? value : null;
};

/** A view that nobody has touched, above `previous` when there is one. */
export function newView(
  workspace: Workspace,
  user: string,
  source: ViewSource,
  previous: StoredView | null = null,
): StoredView {
  const id = workspace.ids.id('V');
  const filled = { ...source, blocks: fillIds(source.blocks, workspace.ids.id) };
  return {
    id,
    hash: newHash(workspace),
    user,
    rootId: previous?.rootId ?? id,
    previousId: previous?.id ?? null,
    source: filled,
    values: initialValues(filled.blocks),
    errors: {},
    trouble: null,
  };
}

const newHash = ({ ids, chance }: Workspace): string =>
  `${Math.floor(chance.now() / 1000)}.${ids.secret().slice(0, 8)}`;

/** Puts another content into an open view. What was filled in stays where the inputs stay. */
export function replaceView(workspace: Workspace, view: StoredView, source: ViewSource): void {
  const blocks = fillIds(source.blocks, workspace.ids.id);
  const initial = initialValues(blocks);
  const kept = Object.entries(initial).map(([block, values]) => [
    block,
    { ...values, ...known(view.values[block], values) },
  ]);
  view.source = { ...source, blocks };
  view.values = Object.fromEntries(kept);
  view.hash = newHash(workspace);
  view.errors = {};
  view.trouble = null;
  showView(workspace, view);
}

const known = (before: Record<string, unknown> = {}, now: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(before).filter(([action]) => action in now));

/** The open modals of somebody, the top one last. */
export const stackOf = ({ world }: Workspace, user: string): StoredView[] =>
  world.modals[user] ?? [];

/** Opens, closes or exchanges modals. */
export function setStack(workspace: Workspace, user: string, stack: StoredView[]): void {
  workspace.world.modals[user] = stack;
  showStack(workspace, user);
}

/** Gives somebody a Home tab. */
export function setHome(workspace: Workspace, view: StoredView): void {
  workspace.world.homes[view.user] = view;
  showView(workspace, view);
}

/** Any view of anybody, by its id or by the app's own external id. */
export function findView(
  { world }: Workspace,
  id: string,
  externalId = '',
): StoredView | undefined {
  const all = [...Object.values(world.homes), ...Object.values(world.modals).flat()];
  return id
    ? all.find((view) => view.id === id)
    : all.find(({ source }) => externalId !== '' && source.external_id === externalId);
}

/** Shows a changed view to its person. */
export function showView(workspace: Workspace, view: StoredView): void {
  if (view.source.type === 'home') showHome(workspace, view);
  else showStack(workspace, view.user);
}

function showHome(workspace: Workspace, view: StoredView): void {
  const entry = { type: 'home', home: toView(view) } as const;
  workspace.feed.publish(entry, (user) => user === view.user);
  workspace.changed();
}

function showStack(workspace: Workspace, user: string): void {
  const entry = { type: 'modals', modals: stackOf(workspace, user).map(toView) } as const;
  workspace.feed.publish(entry, (other) => other === user);
  workspace.changed();
}
