import type { Intake } from '../../src/core/intake.ts';
import { type MemoryIntake, memoryIntake } from '../../src/store/memory/memory-intake.ts';

/** An intake in memory, except for what a test says. */
export const intakeThat = (change: Partial<Intake>): MemoryIntake => ({
  ...memoryIntake(),
  ...change,
});
