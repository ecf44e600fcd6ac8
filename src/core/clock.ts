/** Time, handed in: wall time to show and to store, monotonic time to wait and to measure. */
export interface Clock {
  /** Milliseconds since 1970, as the wall clock has it. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonic(): number;
}
