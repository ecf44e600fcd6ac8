import { isAsking, settle as settleAll } from '../../runs/virtual-time.ts';

/** One simulated process. What belongs to a dead one never goes on. */
export interface Process {
  name: string;
  alive: boolean;
}

/** Time that passes only when a schedule says so, and the places where processes wait. */
export interface Time {
  now(): number;
  /** Waits so many milliseconds; a dead process for ever. */
  sleep(process: Process, ms: number): Promise<void>;
  /** A place where a process waits until the schedule lets it go on. */
  gate(process: Process): Promise<void>;
  /** Lets one that waits at a gate go on, whichever `pick` says; false when none does. */
  step(pick: <T>(from: readonly T[]) => T): Promise<boolean>;
  waiting(): number;
  /** When the next one that sleeps wakes; null when nobody sleeps. */
  nextTimer(): number | null;
  /** Goes to that moment, or in a calm only until somebody waits at a gate; `meanwhile` is called at every twenty seconds on the way. */
  goTo(at: number, meanwhile: (at: number) => void, calm?: boolean): Promise<void>;
  kill(process: Process): void;
}

interface Waiting {
  process: Process;
  at: number;
  go(): void;
}

/** Between two signs of life, in milliseconds. */
const beat = 20_000;

/** Stands at `start`, in milliseconds since 1970. */
export function createTime(start: number): Time {
  let now = start;
  let timers: Waiting[] = [];
  let gates: Waiting[] = [];
  const first = () => timers.reduce<Waiting | null>((a, b) => (a && a.at <= b.at ? a : b), null);
  return {
    now: () => now,
    sleep: (process, ms) =>
      new Promise((go) => {
        timers.push({ process, at: now + ms, go });
      }),
    gate: (process) =>
      new Promise((go) => {
        gates.push({ process, at: now, go });
      }),
    async step(pick) {
      if (gates.length === 0) return false;
      const next = pick(gates);
      gates = gates.filter((one) => one !== next);
      next.go();
      await settle();
      return true;
    },
    waiting: () => gates.length,
    nextTimer: () => first()?.at ?? null,
    async goTo(at, meanwhile, calm = false) {
      for (let next = first(); now < at || (next && next.at <= at); next = first()) {
        const until = Math.min(at, next?.at ?? at, now + beat);
        now = Math.max(now, until);
        meanwhile(now);
        if (!next || next.at > now) continue;
        timers = timers.filter((one) => one !== next);
        next.go();
        await settle();
        if (calm && gates.length > 0) return;
      }
    },
    kill(process) {
      process.alive = false;
      gates = gates.filter((one) => one.process !== process);
      timers = timers.filter((one) => one.process !== process);
    },
  };
}

/**
 * Lets everything go on that waits for nothing but itself, and for a database where there is one. In memory that is
 * all that waits for no turn of the event loop, which half of a schedule would go by with.
 */
export async function settle(): Promise<void> {
  await new Promise<void>((go) => process.nextTick(go));
  if (isAsking()) await settleAll();
}
