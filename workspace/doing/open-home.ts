import { directMessage } from '../people.ts';
import type { Control, Outcome } from '../protocol.ts';
import { viewShape } from '../shapes/view.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, done, memberOf, outcomeOf } from './doing.ts';

/** Opens the app's Home tab; the app is told, and publishes what stands there. */
export async function openHome(
  workspace: Workspace,
  { as }: Control['openHome']['body'],
): Promise<Outcome> {
  const user = memberOf(workspace, as);
  if (!workspace.manifest.homeTab) throw new CannotDo('not_enabled');
  const home = workspace.world.homes[as];
  const ack = await workspace.events.emit({
    type: 'app_home_opened',
    user: user.id,
    channel: directMessage(user.id),
    tab: 'home',
    ...(home && { view: viewShape(home) }),
    event_ts: workspace.ids.ts(),
  });
  return ack ? outcomeOf(ack) : done;
}
