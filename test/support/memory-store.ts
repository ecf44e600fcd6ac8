import type { Intake } from '../../src/core/intake.ts';
import { memoryIntake } from '../../src/store/memory-intake.ts';
import type { Store } from '../../src/store/open-store.ts';

/** A store for as long as the test lives: whoever opens it again finds what was recorded before. */
export const memoryStore = (intake: Intake = memoryIntake()): Store => ({
  kind: 'embedded',
  intake,
  jobs: { declare() {}, ready: async () => {}, enqueue: async () => {} },
  ping: async () => {},
  close: async () => {},
});
