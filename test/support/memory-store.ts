import type { Intake } from '../../src/core/intake.ts';
import { memoryIntake } from '../../src/store/memory-intake.ts';
import type { Store } from '../../src/store/open-store.ts';

/** As much of a store as reading and de-duplication need, with what was recorded in `intake`. */
export function memoryStore(intake: Intake = memoryIntake()): Store {
  const store: Partial<Store> = {
    kind: 'embedded',
    intake,
    jobs: { declare() {}, ready: async () => {}, enqueue: async () => {} },
    ping: async () => {},
    close: async () => {},
  };
  return store as Store;
}
