import type { Plan } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';

/** What a button about a run carries: which run, and which plan the person saw. Nothing else is believed. */
export interface RunHandle {
  run: string;
  /** The first eight characters of the plan's hash. */
  planHash: string;
}

/** What people call a plan by: the first eight characters of its hash. */
export const planCode = ({ hash }: Pick<Plan, 'hash'>): string => hash.slice(0, 8);

/** The value of a run's buttons, `RUN.HASH8`; null for a run without a plan: there is nothing to say yes to. */
export function writeHandle({ id, plan }: Pick<Run, 'id' | 'plan'>): string | null {
  const handle = plan === null ? '' : `${id}.${planCode(plan)}`;
  return readHandle(handle) === null ? null : handle;
}

/** The parts of such a value; null when it is none, whatever it is. */
export function readHandle(value: string): RunHandle | null {
  const [, run, planHash] = /^([\w-]{1,64})\.([0-9a-f]{8})$/.exec(value) ?? [];
  return run === undefined || planHash === undefined ? null : { run, planHash };
}
