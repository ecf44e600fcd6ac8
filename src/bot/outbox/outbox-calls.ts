import { err, ok, type Result } from '../../core/result.ts';
import type { Gates } from './outbox-gates.ts';
import { callGate } from './outbox-rests.ts';
import { type Trouble, troubleOf } from './outbox-trouble.ts';

/** Calls Slack; what goes wrong comes back as a value. */
export type OutboxCalls = <T>(
  method: string,
  place: string,
  work: () => Promise<T>,
) => Promise<Result<T, Trouble>>;

/** Makes calls of which none is made while Slack has asked for patience with that method in that place. */
export function createOutboxCalls(gates: Gates): OutboxCalls {
  return async (method, place, work) => {
    const gate = callGate(method, place);
    const retryIn = gates.wait(gate);
    if (retryIn > 0) return err({ kind: 'limited', retryIn, why: `${method} is still limited` });
    try {
      return ok(await work());
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.kind === 'limited') gates.close(gate, trouble.retryIn);
      return err(trouble);
    }
  };
}
