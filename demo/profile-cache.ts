import type { RedisClient } from './redis-client.ts';
import type { User } from './users.ts';

/** What a profile page shows. */
export type Profile = Pick<User, 'email' | 'role'>;

/** Profiles that are kept so that they need not be made again. */
export interface ProfileCache {
  /** The profile as it was up to a minute ago: a role that was changed since shows later. */
  of(user: User): Promise<Profile>;
}

const seconds = '60';

/** Keeps them in Redis under `cache:profile:`; without one, or when it does not answer, nothing is kept. */
export const createProfileCache = (redis: RedisClient | null): ProfileCache => ({
  of: async ({ email, role }) => {
    const fresh = { email, role };
    if (!redis) return fresh;
    const name = `cache:profile:${email}`;
    try {
      const kept = await redis.send('GET', name);
      if (typeof kept === 'string') return JSON.parse(kept);
      await redis.send('SET', name, JSON.stringify(fresh), 'EX', seconds);
    } catch {
      // A profile is shown without it as well.
    }
    return fresh;
  },
});
