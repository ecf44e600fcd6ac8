import { app, team } from '../people.ts';
import type { StoredView } from '../state/world.ts';

/** A view as the Web API and the payloads show it. */
export function viewShape(view: StoredView): Record<string, unknown> {
  const { source } = view;
  return {
    id: view.id,
    team_id: team.id,
    type: source.type,
    ...(source.type === 'modal' && { title: source.title }),
    submit: source.submit ?? null,
    close: source.close ?? null,
    blocks: source.blocks,
    private_metadata: source.private_metadata ?? '',
    callback_id: source.callback_id ?? '',
    external_id: source.external_id ?? '',
    state: { values: view.values },
    hash: view.hash,
    clear_on_close: source.clear_on_close ?? false,
    notify_on_close: source.notify_on_close ?? false,
    submit_disabled: source.submit_disabled ?? false,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}
