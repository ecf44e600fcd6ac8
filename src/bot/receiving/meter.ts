import type { Delivery } from '../../core/intake.ts';
import type { Admission } from './deliveries.ts';

/** What became of a delivery: as admitted, or declined because the process is stopping, or broken off by a fault. */
export type Outcome = Admission | 'stopping' | 'fault';

/** Counts what operators want to see. */
export interface Meter {
  delivered(kind: Delivery['kind'], outcome: Outcome): void;
  /** The time from a delivery's arrival to its acknowledgement, in seconds. */
  acknowledged(kind: Delivery['kind'], seconds: number): void;
}
