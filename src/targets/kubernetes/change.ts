import { TargetError } from '../../core/errors.ts';
import type { Question } from './api.ts';
import { ConflictError } from './failure.ts';

/** How often a change is looked at anew because something else of the same object has changed. */
const tries = 5;

/**
 * Reads, decides and patches, with the version that was read as a precondition. A conflict has changed
 * nothing and is mostly the controller writing down how far it is: everything is read and decided anew.
 *
 * @param decide the patch, or null when there is nothing to change; throws to refuse.
 * @throws {TargetError} with `happened: false` when nothing was done.
 */
export async function changeOnce(
  decide: () => Promise<Question | null>,
  send: (patch: Question) => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const patch = await decide().catch((error) => {
      throw untouched(error);
    });
    if (patch === null) return;
    const conflict = await send(patch).then(
      () => null,
      (error) => error,
    );
    if (conflict === null) return;
    if (attempt === tries || !(conflict instanceof ConflictError)) throw conflict;
  }
}

function untouched(error: unknown): unknown {
  if (!(error instanceof TargetError) || !error.happened) return error;
  const { message, retryable, cause } = error;
  return new TargetError(message, { retryable, happened: false, cause });
}

/** A refusal that has done nothing. */
export const refuse = (message: string): TargetError =>
  new TargetError(message, { retryable: false, happened: false });
