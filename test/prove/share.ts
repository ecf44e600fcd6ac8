/** What a worker is to do: every so manieth of so many schedules. */
export interface Share {
  schedules: number;
  worker: number;
  workers: number;
}

/** What it found. */
export interface Found {
  /** What went wrong, a sentence each, with the seed. */
  wrong: string[];
  /** How often each thing happened. */
  seen: Map<string, number>;
  done: number;
}

/** Runs the schedules of a share; after the fifth that fails it is enough. */
export async function runShare(
  { schedules, worker, workers }: Share,
  simulate: (seed: number) => Promise<{ verdict: string | null; seen: Map<string, number> }>,
): Promise<Found> {
  const found: Found = { wrong: [], seen: new Map(), done: 0 };
  for (let seed = worker; seed < schedules && found.wrong.length < 5; seed += workers) {
    const { verdict, seen } = await simulate(seed);
    found.done += 1;
    if (verdict !== null) found.wrong.push(`SIM_SEED=${seed}: ${verdict}`);
    for (const [what, times] of seen) found.seen.set(what, (found.seen.get(what) ?? 0) + times);
  }
  return found;
}
