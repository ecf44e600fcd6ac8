/** The addresses to which bytes may be sent, once each, and the files that are being looked at. */
export interface Uploads {
  make(file: string): string;
  /** The file whose bytes these are, or null. */
  take(secret: string): string | null;
  /** Looks at a complete file for `ms` milliseconds; what kind it is shows only afterwards. */
  examine(file: string, ms: number): void;
  /** Whether that is still going on: until then no message can show the file. */
  examining(file: string): boolean;
}

/** Addresses in memory: an upload does not wait for long. */
export function createUploads(secret: () => string): Uploads {
  const made = new Map<string, string>();
  const looking = new Set<string>();
  return {
    make(file) {
      const name = secret();
      made.set(name, file);
      return name;
    },
    take(name) {
      const file = made.get(name) ?? null;
      made.delete(name);
      return file;
    },
    examine(file, ms) {
      if (ms === 0) return;
      looking.add(file);
      setTimeout(() => looking.delete(file), ms).unref();
    },
    examining: (file) => looking.has(file),
  };
}
