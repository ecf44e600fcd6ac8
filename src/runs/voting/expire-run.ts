import type { Run } from '../../core/run.ts';
import { commit } from '../commit.ts';
import type { RunTools } from '../run-tools.ts';

/** How far this machine’s clock may be behind the database’s before jobs alone notice a deadline. */
const skew = 60_000;

/** Whether it is worth asking the database if the run’s deadline has passed. */
export const mayBeDue = (tools: RunTools, run: Run): boolean =>
  mayHavePassed(tools, run.state === 'waiting' ? run.waitsUntil : run.validUntil);

/** Whether it is worth asking the database if a time has come. */
export const mayHavePassed = (
  { clock }: Pick<RunTools, 'clock'>,
  deadline: number | null,
): boolean => {
  return deadline !== null && deadline <= clock.now() + skew;
};

/**
 * Ends a run that waited too long, or whose approval ran out; the database decides whether it has.
 *
 * @param held why it could not begin the last time it was tried, if it was.
 * @returns whether it has ended now.
 */
export async function expireRun(
  tools: RunTools,
  run: Run,
  held: string | null = null,
): Promise<boolean> {
  const waiting = run.state === 'waiting';
  const why = waiting
    ? 'Not everybody who is needed said yes in time. Nothing was done.'
    : `Its approval ran out before it could begin. Nothing was done. ${held ?? ''}`.trim();
  const after = waiting ? 'waitsUntil' : 'validUntil';
  const patch = { state: 'expired' as const, why };
  return (await commit(tools, run, { patch, event: 'expired', after })) !== null;
}
