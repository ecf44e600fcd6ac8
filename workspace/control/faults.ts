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
  copies: 1,
  delayMs: 0,
});

/** Breaks something, or mends it. */
export function setFaults(
  { faults, feed }: Workspace,
  change: Control['faults']['body'],
): Control['faults']['answer'] {
  Object.assign(faults, change);
  feed.publish({ type: 'faults', faults });
  return { faults };
}
