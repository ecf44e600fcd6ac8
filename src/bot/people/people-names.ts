import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/deadline.ts';
import { createCopies } from './copies.ts';

/** What people are called, by Slack user id; whoever Slack does not name in time is left out. */
export type PeopleNames = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Names change rarely; times in milliseconds. */
const ages = { fresh: 600_000, stale: 86_400_000, patience: 300 };
/** How long a page waits for names, in milliseconds. */
const patience = 2_000;
/** So many people are asked for at once: Slack answers about as many a minute. */
const most = 60;

/** Asks Slack for each of them once, and remembers. */
export function createPeopleNames(
  api: Pick<WebClient, 'users'>,
  clock: Pick<Clock, 'monotonic'>,
): PeopleNames {
  const ask = async (user: string) => {
    const { profile, real_name, name } = (await api.users.info({ user })).user ?? {};
    return profile?.display_name || profile?.real_name || real_name || name || user;
  };
  const copies = createCopies({ ...ages, clock, ask });
  return async (ids) => {
    const found = await Promise.all(
      [...new Set(ids)].slice(0, most).map(async (id) => {
        const name = await within(patience, () => copies.get(id)).catch(() => null);
        return name === null ? [] : [[id, name] as const];
      }),
    );
    return new Map(found.flat());
  };
}
