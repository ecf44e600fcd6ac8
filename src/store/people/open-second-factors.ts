import type { FactorRows } from '../../core/second-factor.ts';
import { openEngine } from '../database/open-engine.ts';
import type { DatabaseOptions } from '../open-store.ts';
import { sqlSecondFactors } from './sql-second-factors.ts';

/**
 * Opens the database for whoever gives people a second factor: nothing else is read, written or
 * worked on.
 *
 * @throws {StoreBusy} when another process has the data folder open.
 * @throws {StoreError} when there is something that somebody has to change first.
 */
export async function openSecondFactors(
  options: DatabaseOptions,
): Promise<{ rows: FactorRows; close(): Promise<void> }> {
  const { db, close } = await openEngine(options);
  return { rows: sqlSecondFactors(db), close };
}
