/** The keys of the newest deliveries, so that a copy is known at once. */
export interface RecentKeys {
  /** True when the key was not there; it is now. */
  add(key: string): boolean;
}

/** Remembers so many keys; the oldest is forgotten first. */
export function createRecentKeys(limit = 10_000): RecentKeys {
  const keys = new Set<string>();
  return {
    add(key) {
      if (keys.has(key)) return false;
      keys.add(key);
      const oldest = keys.size > limit ? keys.keys().next().value : undefined;
      if (oldest !== undefined) keys.delete(oldest);
      return true;
    },
  };
}
