import type { Clock } from '../../../src/core/clock.ts';
import { usualPace } from '../../../src/core/pace.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import type { Store } from '../../../src/store/open-store.ts';

/** What of a store incidents work with. */
export type StagedStore = Pick<
  Store,
  'incidents' | 'incidentSamples' | 'outbox' | 'presence' | 'audit'
>;

/** Where a schedule takes place: a store that is empty, and has the time of the schedule. */
export type Stage = (time: Pick<Clock, 'now'>) => StagedStore;

/** A stage in memory. */
export const memoryOver =
  (open: typeof memoryStore): Stage =>
  ({ now }) =>
    open({ clock: { now, monotonic: now }, pace: usualPace });

/** One with the store as it is. */
export const memoryStage: Stage = memoryOver(memoryStore);
