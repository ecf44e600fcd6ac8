import type { Capabilities, Capability } from '../core/capabilities.ts';
import { DeadlineError, within } from '../core/deadline.ts';
import { TargetError } from '../core/errors.ts';
import { type Target, targetName } from '../core/target.ts';
import type { Targets } from '../core/targets.ts';

/**
 * Asks one capability of a target, for so many milliseconds; null when no driver of it has that.
 * @throws {TargetError} when it failed or did not answer in time.
 */
export async function offered<C extends Capability, T>(
  targets: Targets,
  target: Target,
  capability: C,
  deadline: number,
  ask: (offer: Capabilities[C], signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  try {
    return await within(deadline, async (signal) => {
      const offer = await targets.offer(target, capability);
      return offer && (await ask(offer, signal));
    });
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    const message = `${targetName(target)} did not show its ${capability}: ${error.message}`;
    throw new TargetError(message, { retryable: true, cause: error });
  }
}
