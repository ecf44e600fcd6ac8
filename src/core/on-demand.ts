/** Parts of the program that are loaded when they are needed: each by its name, with what loads it. */
export type OnDemand = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Loads all of them, one after the other, so that nobody who needs one later waits for a disk. What cannot be
 * loaded is told and holds up nothing: whoever needs it tries again.
 */
export async function loadAll(
  parts: OnDemand,
  failed: (name: string, error: unknown) => void,
): Promise<void> {
  for (const [name, load] of Object.entries(parts)) {
    await load().catch((error: unknown) => failed(name, error));
  }
}
