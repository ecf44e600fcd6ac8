/** Addresses that a service refuses to talk to. */
export interface DenyList {
  /** Addresses and ranges, in CIDR notation, that must never be on it: its own proxies, the office. */
  protectedRanges(): readonly string[];
  entries(signal: AbortSignal): Promise<readonly Denied[]>;
  /** Puts it on the list or changes when it ends. `lasts` is in milliseconds. */
  deny(address: string, lasts: number, reason: string, signal: AbortSignal): Promise<void>;
  /** Takes it off the list; one that is not on it is taken for done. */
  allow(address: string, signal: AbortSignal): Promise<void>;
}

/** One address or range that is refused. */
export interface Denied {
  /** In canonical spelling: an address, or a range in CIDR notation. */
  address: string;
  /** Until when, in milliseconds since 1970; null when for ever. */
  until: number | null;
  reason: string | null;
}

/** The keys that tokens are signed with. */
export interface SigningKeys {
  /** Newest first. */
  keys(signal: AbortSignal): Promise<readonly SigningKey[]>;
  /**
   * Makes a new one the current one, only where the current one still is `expected`. The old one goes
   * on being accepted for `overlap` milliseconds; 0 ends it, and every token it signed, at once.
   *
   * @throws {TargetError} with `happened: false` when nothing was done.
   */
  rotate(expected: string, overlap: number, signal: AbortSignal): Promise<void>;
}

/** One signing key, without anything secret. */
export interface SigningKey {
  id: string;
  current: boolean;
  /** Until when it is accepted, in milliseconds since 1970; null when nobody has said so. */
  until: number | null;
}

/** A page that tells everybody to come back later. */
export interface Maintenance {
  read(signal: AbortSignal): Promise<{ on: boolean; message: string | null; until: number | null }>;
  /** `lasts` is in milliseconds. */
  turnOn(message: string, lasts: number, signal: AbortSignal): Promise<void>;
  turnOff(signal: AbortSignal): Promise<void>;
}

/** How often one address may ask. */
export interface RateLimit {
  /** Which preset is in force, what it allows one address in a minute, and until when. */
  read(signal: AbortSignal): Promise<{ preset: string; perMinute: number; until: number | null }>;
  /** By name: the usual one first, then stricter and stricter. */
  presets(): readonly string[];
  /** `lasts` is in milliseconds; null for ever, which only the usual preset may. */
  use(preset: string, lasts: number | null, signal: AbortSignal): Promise<void>;
}
