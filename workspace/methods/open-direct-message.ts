import { directMessage } from '../people.ts';
import { findChannel, showChannel } from '../slack/channels.ts';
import { newDirectMessage } from '../state/first-world.ts';
import type { StoredChannel } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';

/** The direct message with somebody, made when there is none yet. */
export function openDirectMessage(workspace: Workspace, user: string): StoredChannel {
  const known = findChannel(workspace, directMessage(user));
  if (known) return known;
  const made = newDirectMessage(user, Math.floor(workspace.chance.now() / 1000));
  workspace.world.channels.push(made);
  showChannel(workspace, made);
  return made;
}
