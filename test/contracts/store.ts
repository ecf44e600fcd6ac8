import { describe } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { intakeContract } from './intake.ts';

/** What the store must do over every database. `store` gives an open one. */
export function storeContract(store: () => Store) {
  describe('intake', () => intakeContract(() => store().intake));
}
