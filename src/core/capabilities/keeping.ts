/** What a service keeps only to be faster. */
export interface Caches {
  /** The prefixes that can be cleared: all that stands under them can be made again. */
  prefixes(): readonly string[];
  size(prefix: string, signal: AbortSignal): Promise<number>;
  /** Removes what stands under one prefix, and nothing else; how many entries that were. */
  clear(prefix: string, signal: AbortSignal): Promise<number>;
}

/** Where evidence is kept: what was put in cannot be changed afterwards. */
export interface Vault {
  /** Puts files away under a name that nothing has yet. */
  keep(name: string, files: readonly EvidenceFile[], signal: AbortSignal): Promise<Kept>;
  /** Newest first. */
  list(signal: AbortSignal): Promise<readonly Kept[]>;
  /** Reads it all again: what is not as it was put in, a sentence each; none when all of it is. */
  check(name: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** One piece of evidence on its way into the vault. */
export interface EvidenceFile {
  name: string;
  content: string;
}

/** Evidence that is kept. */
export interface Kept {
  name: string;
  /** SHA-256, in hex, of the manifest that lists the hash of each file. */
  sha256: string;
  bytes: number;
  /** In milliseconds since 1970. */
  at: number;
}
