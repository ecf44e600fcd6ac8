import type { Failures } from './flavour.ts';

const window = 5 * 60_000;

/** Remembers failed logins for five minutes. */
export interface RecentFailures {
  add(address: string): void;
  now(): Failures;
}

/** No failures yet. */
export function createRecentFailures(): RecentFailures {
  let recent: { at: number; address: string }[] = [];
  return {
    add: (address) => {
      recent.push({ at: performance.now(), address });
      if (recent.length > 20_000) recent = recent.slice(10_000);
    },
    now: () => {
      recent = recent.filter(({ at }) => at >= performance.now() - window);
      const counts = new Map<string, number>();
      for (const { address } of recent) counts.set(address, (counts.get(address) ?? 0) + 1);
      const sources = [...counts].map(([address, count]) => ({ address, count }));
      return {
        total: recent.length,
        sources: sources.sort((a, b) => b.count - a.count).slice(0, 10),
      };
    },
  };
}
