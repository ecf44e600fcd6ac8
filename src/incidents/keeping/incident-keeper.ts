import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';

/** What is done for incidents again and again, each at its own pace. */
export interface Keeping {
  /** Says that somebody is there, before anything else: what was missed is known by it. */
  beat(): Promise<unknown>;
  /** Does what is due; answers how many incidents that was. */
  wake(): Promise<number>;
  /** In how many milliseconds the next thing becomes due; null when nothing will. Left out, nobody knows. */
  untilDue?(): Promise<number | null>;
  /** Looks at what incidents are about. */
  sample(): Promise<unknown>;
  /** Looks whether what is due is done in time; left out, nobody does. */
  watch?(): Promise<unknown>;
  /** Puts back what is missing. */
  repair(): Promise<unknown>;
  /** Calls back when this process changed what is due. */
  onChanged(listener: () => void): void;
  log: Log;
  /** Waits so many milliseconds, or until the signal fires. */
  sleep(ms: number, ended?: AbortSignal): Promise<void>;
  /** From 0 to 1: of several processes none looks at the same moments as another. */
  random?(): number;
  /** In milliseconds; as it is for people when it is not said. */
  pace?: { wake: number; sample: number; beat: number; repair: number };
}

/** Keeps incidents going. Nothing of it is remembered here: whoever starts it goes on with what is due. */
export interface IncidentKeeper {
  start(): void;
  /** Begins nothing more, and waits for what has begun. */
  stop(): Promise<void>;
}

const usual = { wake: 1_000, sample: 5_000, beat: 5_000, repair: 60_000 };
/** The least time between two looks for what is due, however much changes meanwhile, in milliseconds. */
const least = 20;
/** By so much of itself a pause may be longer or shorter. */
const jitter = 0.1;

/** Makes it; it begins with `start`. */
export function createIncidentKeeper(keeping: Keeping): IncidentKeeper {
  const { sleep, random = () => 0.5, pace = usual } = keeping;
  const { untilDue = async () => null, watch = async () => null } = keeping;
  const ended = new AbortController();
  const attempt = createAttempts(keeping.log);
  let loops: Promise<unknown> = Promise.resolve();
  let wanted = new AbortController();
  keeping.onChanged(() => wanted.abort());

  const every = async (ms: number, what: string, work: () => Promise<unknown>) => {
    while (!ended.signal.aborted) {
      await attempt(what, work);
      await sleep(ms * (1 + jitter * (2 * random() - 1)), ended.signal);
    }
  };
  const wake = async () => {
    while (!ended.signal.aborted) {
      wanted = new AbortController(); // before anything is read: what changes meanwhile is looked at next
      const woken = await attempt('what is due', keeping.wake);
      if (woken) continue;
      const until = (await attempt('what comes next', untilDue)) ?? pace.wake;
      await sleep(least, ended.signal);
      const rest = Math.min(pace.wake, Math.max(0, until)) - least;
      if (rest > 0) await sleep(rest, AbortSignal.any([ended.signal, wanted.signal]));
    }
  };
  return {
    start() {
      loops = attempt('being there', keeping.beat).then(() =>
        Promise.all([
          wake(),
          every(pace.beat, 'being there', keeping.beat),
          every(pace.beat, 'late timers', watch),
          every(pace.sample, 'the checks', keeping.sample),
          every(pace.repair, 'what is missing', keeping.repair),
        ]),
      );
    },
    async stop() {
      ended.abort();
      await loops;
    },
  };
}

/** Does something that may fail: it is logged once until it works again, and null comes back. */
function createAttempts(log: Log) {
  const failing = new Map<string, string>();
  return async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      const done = await work();
      failing.delete(what);
      return done;
    } catch (error) {
      const why = messageOf(error);
      if (failing.get(what) !== why) {
        log.warn({ why, what }, 'Incidents cannot be looked after; trying again');
      }
      failing.set(what, why);
      return null;
    }
  };
}
