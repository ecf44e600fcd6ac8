import type { Intake } from '../core/intake.ts';
import { assertStorable } from './storable.ts';

/** The list of deliveries for as long as the process lives: for tests and simulations. */
export function memoryIntake(): Intake {
  const seen = new Set<string>();
  return {
    record: async (delivery) => {
      assertStorable(delivery);
      if (seen.has(delivery.key)) return 'seen';
      seen.add(delivery.key);
      return 'new';
    },
  };
}
