import { memoryLocks } from '../../src/store/memory/memory-locks.ts';
import {
  type MemoryStore,
  memoryStore as storeInMemory,
} from '../../src/store/memory/memory-store.ts';
import { realClock, wakingClock } from './clock.ts';

/** A store for as long as the test lives: whoever opens it again finds what was recorded before. */
export const memoryStore = (parts: Partial<MemoryStore> = {}, clock = realClock): MemoryStore => ({
  ...storeInMemory({ clock }),
  ...(clock === realClock && { locks: memoryLocks(wakingClock()) }),
  ...parts,
});
