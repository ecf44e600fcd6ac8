/** The keys of the newest deliveries, so that a copy is known at once. */
export interface RecentKeys {
  /** True when the key was not there; it is now. */
  add(key: string): boolean;
}

/**
 * Remembers at least so many keys and at most twice as many. Two sets, of which the older is dropped
 * whole, cost less than taking the oldest key out of one.
 */
export function createRecentKeys(limit = 10_000): RecentKeys {
  let newer = new Set<string>();
  let older = new Set<string>();
  return {
    add(key) {
      if (older.has(key)) return false;
      const { size } = newer;
      if (newer.add(key).size === size) return false;
      if (newer.size >= limit) {
        older = newer;
        newer = new Set();
      }
      return true;
    },
  };
}
