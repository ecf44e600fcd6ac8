import type { Clock } from '../../../src/core/clock.ts';
import type { Store } from '../../../src/store/open-store.ts';

/** What of a store incidents work with. */
export type StagedStore = Pick<
  Store,
  'incidents' | 'incidentSamples' | 'outbox' | 'presence' | 'audit'
>;

/** Where a schedule takes place: a store that is empty, and has the time of the schedule. */
export type Stage = (time: Pick<Clock, 'now'>) => StagedStore;
