import type { Holder, Lock, Locks } from '../core/locks.ts';
import { everyService, type Target, targetName } from '../core/target.ts';

/**
 * Locks in which `all@env` is the lock of every target of the environment: all of them are taken, in the order
 * of their names, or none. So nothing else runs on any of them meanwhile, and two that want several never
 * wait for each other.
 */
export function locksForAll(locks: Locks, targetsIn: (env: string) => readonly Target[]): Locks {
  const partsOf = (name: string): string[] => {
    const env = envOfAll(name);
    return env === null ? [name] : [name, ...targetsIn(env).map(targetName)].sort();
  };
  return {
    holder: (target) => locks.holder(target),
    async acquire(target, owner) {
      const parts = partsOf(target);
      const [only] = parts;
      if (parts.length === 1 && only !== undefined) return locks.acquire(only, owner);
      return acquireAll(locks, target, parts, owner);
    },
  };
}

/** The environment of `all@env`; null for the name of a single target. */
function envOfAll(name: string): string | null {
  const prefix = `${everyService}@`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}

async function acquireAll(
  locks: Locks,
  whole: string,
  parts: readonly string[],
  owner: string,
): Promise<Lock | Holder> {
  const held = new Map<string, Lock>();
  try {
    for (const part of parts) {
      const got = await locks.acquire(part, owner);
      if (!('fence' in got)) {
        await releaseAll(held);
        return got;
      }
      held.set(part, got);
    }
  } catch (error) {
    await releaseAll(held).catch(() => {}); // then they run out by themselves
    throw error;
  }
  return asOne(held, held.get(whole) as Lock);
}

/** Lost as soon as one is lost; the fence is that of the name for all, which only grows. */
const asOne = (held: ReadonlyMap<string, Lock>, whole: Lock): Lock => ({
  fence: whole.fence,
  lost: AbortSignal.any([...held.values()].map(({ lost }) => lost)),
  check: async () => {
    await Promise.all([...held.values()].map((lock) => lock.check()));
  },
  release: () => releaseAll(held),
});

/** Every one is given back, also when another one cannot be. */
async function releaseAll(held: ReadonlyMap<string, Lock>): Promise<void> {
  const results = await Promise.allSettled([...held.values()].map((lock) => lock.release()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
