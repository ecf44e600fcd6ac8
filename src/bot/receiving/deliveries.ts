import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import type { Delivery, Intake } from '../../core/intake.ts';
import type { Log } from '../../core/log.ts';
import { holdDeliveries } from './held-deliveries.ts';
import { createRecentKeys } from './recent-keys.ts';

/** What to do about a delivery: act on it, nothing because it is a copy, or refuse it because it could not be written down. */
export type Admission = 'new' | 'copy' | 'not-recorded';

/** Lets each delivery in once. */
export interface Deliveries {
  /** Answers at once; the row is written afterwards, as well as it goes. */
  admitReading(delivery: Delivery): 'new' | 'copy';
  /** Answers `new` only when the row was committed within the patience. */
  admitChange(delivery: Delivery): Promise<Admission>;
  /** A change that was let in is done with, and who asked was told. */
  finished(key: string): void;
  /** A change that was let in may not be done with, and nobody could be told: it is found again. */
  leave(key: string): void;
  /** Says that this process still works on what was let in. */
  hold(): Promise<void>;
  /** Writes down what is finished, as well as it goes. */
  flush(): Promise<void>;
}

/** What deliveries need. */
export interface DeliveriesOptions {
  intake: Pick<Intake, 'record' | 'settle' | 'hold'>;
  log: Log;
  /** How long the commit of a change may take, in milliseconds; Slack waits three seconds in all. */
  patience?: number;
}

/** Rows of reading deliveries that may wait for the database; with more of them none is written. */
const mostWaiting = 256;

/** Lets deliveries in, by what this process remembers and what the database has. */
export function createDeliveries({ intake, log, patience = 1_500 }: DeliveriesOptions): Deliveries {
  const recent = createRecentKeys();
  const held = holdDeliveries(intake, log);
  let waiting = 0;

  const writeLater = async (delivery: Delivery) => {
    if (waiting >= mostWaiting) return;
    waiting += 1;
    await intake.record(delivery).catch(() => 'a copy after a restart will be answered again');
    waiting -= 1;
  };
  const recordInTime = async (delivery: Delivery): Promise<Admission> => {
    const recording = intake.record(delivery);
    try {
      const outcome = await within(patience, () => recording);
      if (outcome === 'seen') return 'copy';
      held.add(delivery.key);
      return 'new';
    } catch (error) {
      // Who asked is told that nothing happens: a row that lands after all is nothing left behind.
      const cancel = () => held.cancel(delivery.key);
      recording.then(cancel, cancel);
      log.error({ why: messageOf(error), key: delivery.key }, 'A delivery could not be recorded');
      return 'not-recorded';
    }
  };
  return {
    admitReading(delivery) {
      if (!recent.add(delivery.key)) return 'copy';
      void writeLater(delivery);
      return 'new';
    },
    async admitChange(delivery) {
      return recent.add(delivery.key) ? recordInTime(delivery) : 'copy';
    },
    finished: held.settle,
    leave: held.drop,
    hold: held.hold,
    flush: held.flush,
  };
}
