import type { Health } from './health.ts';

/** What was seen in one minute of an incident. */
export interface ChartSample {
  /** In milliseconds since 1970. */
  at: number;
  /** By the name of the service; a service that was not looked at then is missing. */
  health: Readonly<Record<string, Health>>;
  /** How much failed, 0 to 1; null when nothing was measured. */
  failing: number | null;
  /** How long an answer took, in milliseconds; null when nothing was measured. */
  latency: number | null;
}

/** A stretch of time, in milliseconds since 1970. */
export interface ChartSpan {
  from: number;
  to: number;
}

/** Something that happened at a moment: what was done, what was said, or that it was mitigated. */
export interface ChartMark {
  /** In milliseconds since 1970. */
  at: number;
  kind: 'action' | 'state' | 'update';
  /** As people are told it, such as `rollback to 2.3.1 done`; text of any kind is safe. */
  label: string;
}

/** How services were over a stretch of time, to be drawn and to be said. Times are told in UTC. */
export interface HealthChart extends ChartSpan {
  /** Such as `INC-42 · rust-auth@prod`. */
  title: string;
  /** In the order in which they are shown. */
  services: readonly string[];
  /** What {@link ChartSample.failing} is a share of: `Failing checks`, `Error rate`. */
  measure: string;
  samples: readonly ChartSample[];
  /** How far samples are apart, in milliseconds; more than twice as far is a gap. */
  every: number;
  /** When Gatehouse was not there to measure anything. */
  offline: readonly ChartSpan[];
  marks: readonly ChartMark[];
  /** From which share on too much fails, 0 to 1; null without a limit. */
  limit: number | null;
}

/** A drawn chart: the picture, and what it shows in words (at most 2,000 characters). */
export interface Picture {
  png: Uint8Array;
  alt: string;
  /** In pixels. */
  width: number;
  height: number;
}
