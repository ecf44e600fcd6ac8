/** The addresses to which bytes may be sent, once each. */
export interface Uploads {
  make(file: string): string;
  /** The file whose bytes these are, or null. */
  take(secret: string): string | null;
}

/** Addresses in memory: an upload does not wait for long. */
export function createUploads(secret: () => string): Uploads {
  const made = new Map<string, string>();
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
  };
}
