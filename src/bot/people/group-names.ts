import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/deadline.ts';
import { createCopies } from './copies.ts';

/** What people call the user groups, such as `@oncall`, by id; empty when Slack does not say in time. */
export type GroupNames = () => Promise<ReadonlyMap<string, string>>;

/** Names change rarely; times in milliseconds. */
const ages = { fresh: 600_000, stale: 86_400_000, patience: 300 };
/** How long an answer waits for the first list of names, in milliseconds. */
const patience = 800;

/** Asks Slack for all of them at once, and remembers. */
export function createGroupNames(
  api: Pick<WebClient, 'usergroups'>,
  clock: Pick<Clock, 'monotonic'>,
): GroupNames {
  const ask = async () => {
    const { usergroups = [] } = await api.usergroups.list({ include_disabled: true });
    return new Map(
      usergroups.flatMap(({ id, handle, name }) => {
        const called = handle ? `@${handle}` : name;
        return id && called ? [[id, called] as const] : [];
      }),
    );
  };
  const copies = createCopies({ ...ages, clock, ask });
  return () => within(patience, () => copies.get('all')).catch(() => new Map());
}
