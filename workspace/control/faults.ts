import { app } from '../people.ts';
import type { Control, Faults } from '../protocol.ts';
import type { Workspace } from '../workspace.ts';

/** A Slack in which nothing is broken. */
export const healthy = (): Faults => ({
  latencyMs: 0,
  failBefore: 0,
  dropAfter: 0,
  rateLimited: 0,
  hang: false,
  revoked: false,
  refuse: {},
  fileMs: 0,
  copies: 1,
  delayMs: 0,
});

/** Breaks something, or mends it. */
export function setFaults(
  { faults, feed, events, ids }: Workspace,
  change: Control['faults']['body'],
): Control['faults']['answer'] {
  const revokes = change.revoked === true && !faults.revoked;
  Object.assign(faults, change);
  const tokens = { oauth: [], bot: [app.botUser] };
  if (revokes) void events.emit({ type: 'tokens_revoked', tokens, event_ts: ids.ts() });
  feed.publish({ type: 'faults', faults });
  return { faults };
}
