import { messageOf } from '../core/errors.ts';
import type { Run } from '../core/run.ts';
import type { Held } from './claiming/claim-run.ts';
import type { Memory } from './memory.ts';
import type { RunTools } from './run-tools.ts';

/** What this process is at. It may all be lost. */
export interface Work extends Memory {
  /** Takes nothing new on, and waits this many milliseconds for what is under way, `also` included. */
  drain(patience: number, also: Promise<void>): Promise<void>;
}

/** After how long what could not begin is tried again: at first soon, then less often. In milliseconds. */
const pauses = [0, 1_000, 2_000, 5_000, 10_000];

/** Why something could not begin, how often it was tried, and when it may be tried again. */
interface Hold {
  why: string;
  times: number;
  until: number;
}

/** Keeps track of the runs that this process drives, never one of them twice at a time. */
export function createWork(
  { clock, log, sleep }: Pick<RunTools, 'clock' | 'log' | 'sleep'>,
  drive: (id: string) => Promise<Held | null>,
): Work {
  const going = new Map<string, Promise<void>>();
  const holds = new Map<string, Hold>();
  const seen = new Map<string, { version: number; at: number }>();
  let draining = false;

  const note = (id: string, held: Held | null) => {
    if (held === null) return void holds.delete(id);
    if (held.why !== holds.get(id)?.why) {
      log.warn({ run: id, why: held.why }, 'A run cannot begin yet; it is tried again by itself');
    }
    const times = held.soon ? 0 : (holds.get(id)?.times ?? 0) + 1;
    holds.set(id, { why: held.why, times, until: clock.monotonic() + pauseAfter(times) });
  };
  const go = async (id: string) => {
    const held = await drive(id).catch((error: unknown) => {
      const why = messageOf(error);
      log.error({ run: id, why }, 'A run could not be gone on with');
      return { why, soon: false };
    });
    going.delete(id);
    note(id, held);
  };
  return {
    isBusy: (id) => going.has(id),
    heldBy: (id) => holds.get(id)?.why ?? null,
    begin(id) {
      const early = clock.monotonic() < (holds.get(id)?.until ?? Number.NEGATIVE_INFINITY);
      if (draining || early || going.has(id)) return;
      going.set(id, go(id));
    },
    unchangedFor(run: Run) {
      const known = seen.get(run.id);
      if (known?.version === run.version) return clock.monotonic() - known.at;
      seen.set(run.id, { version: run.version, at: clock.monotonic() });
      return 0;
    },
    keepOnly(runs) {
      const ids = new Set(runs.map(({ id }) => id));
      for (const known of [holds, seen]) {
        for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
      }
    },
    async drain(patience, also) {
      draining = true;
      const ended = new AbortController();
      const all = Promise.allSettled([also, ...going.values()]).finally(() => ended.abort());
      await Promise.race([all, sleep(patience, ended.signal)]);
    },
  };
}

const pauseAfter = (times: number): number => pauses[Math.min(times, pauses.length - 1)] ?? 0;
