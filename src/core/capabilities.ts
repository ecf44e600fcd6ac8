import type { DenyList, Maintenance, RateLimit, SigningKeys } from './capabilities/guards.ts';
import type { Caches, Vault } from './capabilities/keeping.ts';
import type { Membership } from './capabilities/membership.ts';
import type { Accounts, Sessions } from './capabilities/people.ts';
import type { Health } from './health.ts';

export type * from './capabilities/guards.ts';
export type * from './capabilities/keeping.ts';
export type * from './capabilities/membership.ts';
export type * from './capabilities/people.ts';

/**
 * What a target can be asked. A command names the capabilities it needs; a driver returns the ones
 * its system has. Add a method only when a command calls it.
 */
export interface Capabilities {
  probes: Probes;
  instances: Instances;
  logs: Logs;
  releases: Releases;
  lifecycle: Lifecycle;
  deployments: Deployments;
  replicas: Replicas;
  denyList: DenyList;
  accounts: Accounts;
  sessions: Sessions;
  signingKeys: SigningKeys;
  maintenance: Maintenance;
  rateLimit: RateLimit;
  caches: Caches;
  vault: Vault;
  membership: Membership;
}

/** The name of one capability. */
export type Capability = keyof Capabilities;

/** The live checks of a target. */
export interface Probes {
  list(): readonly Probe[];
}

/** One live check: a health endpoint, a ping, a query. */
export interface Probe {
  name: string;
  /** Looks once. Resolves for anything the target answers, and throws only when it could not ask. */
  run(signal: AbortSignal): Promise<Reading>;
}

/** What a probe saw. */
export interface Reading {
  health: Health;
  /** One short line for people, such as `200 in 12 ms`. */
  detail: string;
}

/** The running copies of a service. */
export interface Instances {
  instances(signal: AbortSignal): Promise<readonly Instance[]>;
}

/** One running copy of a service: a process, a container, a pod. */
export interface Instance {
  id: string;
  health: Health;
  /** When it started, in milliseconds since 1970; null while it is down. */
  startedAt: number | null;
  /** The release it runs, when the system can tell. */
  release: string | null;
}

/** The log of a target. */
export interface Logs {
  /** The newest matching lines, oldest first. */
  read(wanted: LogQuery, signal: AbortSignal): Promise<LogExcerpt>;
}

/** Which lines are wanted. */
export interface LogQuery {
  /** Only lines at or after this time, in milliseconds since 1970. */
  since: number;
  /** Only lines that contain this text, letter by letter, whatever the case. */
  grep: string | null;
  /** At most this many lines; the newest are kept. */
  limit: number;
}

/** Lines of a log, and how many there were before the limit. */
export interface LogExcerpt {
  lines: readonly string[];
  total: number;
  /** False when the log was too long to be read back to `since`: then `total` is what was counted. */
  complete: boolean;
}

/** The releases of a target that can be run. */
export interface Releases {
  /** Newest first. */
  history(signal: AbortSignal): Promise<readonly Release[]>;
}

/** One release of a service. */
export interface Release {
  id: string;
  /** When it was made or deployed, in milliseconds since 1970; null when nobody wrote it down. */
  at: number | null;
  current: boolean;
  /** Whether it ran well enough to be gone back to. */
  verified: boolean;
  /** The release that it was last left for, when that was written down. */
  leftFor?: string;
}

/** Starts and stops the running copies of a service. */
export interface Lifecycle {
  /**
   * Ends one running copy and starts it again with the release that is current; resolves when the new
   * one runs. Only where the running one is still the one that was seen: started at `startedAt`.
   *
   * @throws {TargetError} with `happened: false` when nothing was done.
   */
  restart(instance: string, startedAt: number | null, signal: AbortSignal): Promise<void>;
  /** Where copies are only ever replaced, all of them: then `restart` refuses. */
  rollout?: Rollout;
}

/** Copies that are never restarted but replaced by others with other names, some at a time while the others serve. */
export interface Rollout {
  read(signal: AbortSignal): Promise<RolloutState>;
  /**
   * Replaces every copy; resolves when only new ones run. Only where `id` still is `expected`. Told the
   * same `mark` twice it replaces them once.
   *
   * @throws {TargetError} with `happened: false` when nothing was done.
   */
  replace(mark: string, expected: string, signal: AbortSignal): Promise<void>;
}

/** What the copies of a service are made from, and how far that is. */
export interface RolloutState {
  /** Another one after every replacement and every change of release. */
  id: string;
  /** The mark of the last replacement. */
  mark: string | null;
  /** Whether as many as are wanted are up, and all of them made from it. */
  complete: boolean;
  /** Why none can begin now, as a clause; null when one can. */
  hindrance: string | null;
  /** One line for people. */
  detail: string;
}

/** Changes which release of a service runs. */
export interface Deployments {
  /**
   * Makes a release the current one, starts every running copy again with it and writes down which one
   * was left for it; resolves when all copies run. Only where the current one is still `expected`.
   *
   * @throws {TargetError} with `happened: false` when nothing was done.
   */
  use(release: string, expected: string, signal: AbortSignal): Promise<void>;
  /**
   * Writes down that the release was seen to run well: `history` calls it verified from then on, for as long
   * as it is what was seen. Only while it is the current one; doing it twice is the same as once.
   *
   * @throws {TargetError} with `happened: false` when nothing was written down.
   */
  markVerified(release: string, signal: AbortSignal): Promise<void>;
}

/** How many copies of a service run, where their number can be changed. */
export interface Replicas {
  read(signal: AbortSignal): Promise<{ wanted: number; ready: number; most: number }>;
  /**
   * Only where the number that is wanted still is `expected`; resolves when that many are ready.
   *
   * @throws {TargetError} with `happened: false` when nothing was done.
   */
  scale(to: number, expected: number, signal: AbortSignal): Promise<void>;
}
