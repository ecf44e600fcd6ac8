import type { Control, Outcome } from '../protocol.ts';
import { react as toggle } from '../slack/reactions.ts';
import type { Workspace } from '../workspace.ts';
import { CannotDo, done, memberOf } from './doing.ts';
import { surfaceOf } from './surface.ts';

/** Puts a reaction under a message, or takes one's own away. */
export function react(
  workspace: Workspace,
  { as, channel, ts, name }: Control['react']['body'],
): Outcome {
  memberOf(workspace, as);
  const surface = surfaceOf(workspace, { as, message: { channel, ts } });
  if (surface.kind !== 'message' || surface.message.onlyFor)
    throw new CannotDo('message_not_found');
  const mine = surface.message.reactions.some(
    (reaction) => reaction.name === name && reaction.users.includes(as),
  );
  toggle(workspace, surface.message, as, name, !mine);
  return done;
}
