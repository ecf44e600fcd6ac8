/** What makes one of the five systems different from the others: data, no code of its own. */
export interface Flavour {
  /** The service's name in the catalogue. */
  name: string;
  /** The name it gives itself in health answers. */
  service: string;
  /** Newest first. `hours` is its age when the demo is laid out for the first time. */
  releases: readonly ReleasePlan[];
  /** What a healthy system answers, by path. */
  health: Readonly<Record<string, (now: HealthFacts) => object>>;
}

/** A release to lay out on disk. Exactly one of a system's is current at first. */
export interface ReleasePlan {
  version: string;
  hours: number;
  verified: boolean;
  current?: true;
}

/** What a health answer may be made of. */
export interface HealthFacts {
  service: string;
  version: string;
  /** ISO 8601. */
  timestamp: string;
}
