import type { Intake } from '../../src/core/intake.ts';
import { memoryIntake } from '../../src/store/memory-intake.ts';
import { memoryStore as emptyStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/open-store.ts';
import { realClock } from './clock.ts';

/** A store for as long as the test lives: whoever opens it again finds what was recorded before. */
export const memoryStore = (intake: Intake = memoryIntake()): Store => ({
  ...emptyStore({ clock: realClock }),
  intake,
});
