import type { Denied, DenyList } from '../../src/core/capabilities.ts';
import type { Clock } from '../../src/core/clock.ts';

/** A list in memory, with what was done to it. */
export interface FakeDenyList extends DenyList {
  list: Denied[];
  done: string[];
}

/** A list of refused addresses that keeps, or does not keep, the reasons it is given. */
export function fakeDenyList(
  clock: Pick<Clock, 'now'>,
  { guarded = [] as string[], keepsReasons = true } = {},
): FakeDenyList {
  const fake: FakeDenyList = {
    list: [],
    done: [],
    protectedRanges: () => guarded,
    entries: async () => [...fake.list],
    deny: async (address, lasts, reason) => {
      fake.done.push(`deny ${address}`);
      const kept = keepsReasons ? reason : null;
      const entry = { address, until: clock.now() + lasts, reason: kept };
      fake.list = [...fake.list.filter((one) => one.address !== address), entry];
    },
    allow: async (address) => {
      fake.done.push(`allow ${address}`);
      fake.list = fake.list.filter((one) => one.address !== address);
    },
  };
  return fake;
}
