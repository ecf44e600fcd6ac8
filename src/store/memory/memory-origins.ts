import { GivenUpError } from '../../core/errors.ts';
import type { Run } from '../../core/run.ts';
import type { MemoryIntake } from './memory-intake.ts';

/** What the runs in memory came of. */
export function memoryOrigins(
  runs: ReadonlyMap<string, Run>,
  intake: Pick<MemoryIntake, 'isGivenUp'>,
) {
  const ids = new Map<string, string>();
  const find = (origin: string): Run | null => runs.get(ids.get(origin) ?? '') ?? null;
  return {
    find,
    /** The run that there is already. @throws {GivenUpError} when nothing may come of it any more. */
    taken(origin: string | undefined): Run | null {
      const found = origin === undefined ? null : find(origin);
      if (origin !== undefined && !found && intake.isGivenUp(origin)) throw new GivenUpError();
      return found;
    },
    add(origin: string | undefined, id: string): void {
      if (origin !== undefined) ids.set(origin, id);
    },
  };
}
