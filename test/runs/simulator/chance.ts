/** Repeatable chance: the same seed, the same choices. */
export interface Chance {
  /** From 0 to 1. */
  next(): number;
  /** True so often, from 0 to 1. */
  of(share: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** The generator mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    of: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] as (typeof from)[number],
  };
}
