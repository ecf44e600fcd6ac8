import type { LogWords } from './log.ts';

/** What makes one of the five systems different from the others. */
export interface Flavour {
  /** The service's name in the catalogue. */
  name: string;
  /** The name it gives itself in health answers. */
  service: string;
  /** How many copies of it may run; one when it is left out, as where a runbook knows of no more. */
  mostCopies?: number;
  /** Newest first. */
  releases: readonly ReleasePlan[];
  /** What it answers to a GET while it is healthy, by path. */
  health: Readonly<Record<string, (now: Facts) => object>>;
  /** The paths of `health` that fail when Redis does. */
  dependent: readonly string[];
  /** The other pages that anybody may GET, by path. */
  pages: Readonly<Record<string, (now: Facts) => object>>;
  paths: { login: string; refresh: string; profile: string; jwks: string };
  log: LogWords;
  /** Requests that one address may make in a minute, by preset. */
  perMinute: Readonly<Record<Preset, number>>;
}

/** How strictly requests are limited. */
export type Preset = 'normal' | 'tight' | 'emergency';

/** A release to lay out on disk. Exactly one of a system's is current at first. */
export interface ReleasePlan {
  version: string;
  /** Its age when the demo is laid out for the first time. */
  hours: number;
  verified: boolean;
  current?: true;
  /** The share of requests that it fails, for a release that should not have been deployed. */
  failing?: number;
}

/** What health answers and pages are made of. Times in milliseconds unless the name says otherwise. */
export interface Facts {
  service: string;
  version: string;
  /** ISO 8601. */
  timestamp: string;
  uptimeSeconds: number;
  sessions: number;
  users: number;
  redis: 'up' | 'down' | 'not used';
  failures: Failures;
  limit: { preset: Preset; perMinute: number; refused: number };
  denied: number;
}

/** Failed logins of the last five minutes. */
export interface Failures {
  total: number;
  /** The addresses with the most, most first. */
  sources: readonly { address: string; count: number }[];
}
