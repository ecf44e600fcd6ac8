import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

/** What is done for incidents again and again, each at its own pace. */
export interface Keeping {
  /** Says that somebody is there, before anything else: what was missed is known by it. */
  beat(): Promise<unknown>;
  /** Does what is due. */
  wake(): Promise<number>;
  /** Looks at what incidents are about. */
  sample(): Promise<unknown>;
  /** Puts back what is missing. */
  repair(): Promise<unknown>;
  /** Calls back when this process changed what is due. */
  onChanged(listener: () => void): void;
  log: Log;
  /** Waits so many milliseconds, or until the signal fires. */
  sleep(ms: number, ended?: AbortSignal): Promise<void>;
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

/** Makes it; it begins with `start`. */
export function createIncidentKeeper(keeping: Keeping): IncidentKeeper {
  const { log, sleep, pace = usual } = keeping;
  const ended = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();
  let wanted = new AbortController();
  keeping.onChanged(() => wanted.abort());

  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      return await work();
    } catch (error) {
      log.warn({ why: messageOf(error), what }, 'Incidents cannot be looked after; trying again');
      return 0;
    }
  };
  const every = async (ms: number, what: string, work: () => Promise<unknown>) => {
    while (!ended.signal.aborted) {
      await attempt(what, work);
      await sleep(ms, ended.signal);
    }
  };
  const wake = async () => {
    while (!ended.signal.aborted) {
      const woken = await attempt('what is due', keeping.wake);
      if (woken !== 0) continue;
      wanted = new AbortController();
      await sleep(pace.wake, AbortSignal.any([ended.signal, wanted.signal]));
    }
  };
  return {
    start() {
      loops = attempt('being there', keeping.beat).then(() =>
        Promise.all([
          wake(),
          every(pace.beat, 'being there', keeping.beat),
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
