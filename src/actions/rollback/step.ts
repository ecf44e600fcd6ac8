import { z } from 'zod';
import type { Instance, Release } from '../../core/capabilities.ts';
import type { Plan, Step } from '../../core/plan.ts';
import type { Choice } from './choice.ts';

const rollbackArgs = z.object({
  from: z.string(),
  to: z.string(),
  copies: z.array(
    z.object({
      id: z.string(),
      startedAt: z.number().nullable(),
      release: z.string().nullable().default(null),
    }),
  ),
});

/** What the one step of a rollback works from. */
export type RollbackArgs = z.infer<typeof rollbackArgs>;

/** How long one copy may take to end and to come back, in milliseconds. */
const perCopy = 30_000;

/** Switching without restarting would leave what runs apart from what is said to run: it is one step. */
export const rollbackStep = ({ from, to }: Choice, copies: readonly Instance[]): Step => ({
  id: `rollback:${to.id}`,
  does: `Switch from ${from.id} to ${to.id}${restartText(to, copies)}`,
  args: {
    from: from.id,
    to: to.id,
    copies: copies.map(({ id, startedAt, release }) => ({ id, startedAt, release })),
  },
  timeout: perCopy * copies.length,
  repeatable: false,
});

/** Copies that run the wanted release already, beside a newer one that did not come up, may go on. */
function restartText(to: Release, copies: readonly Instance[]): string {
  const others = copies.filter(({ release }) => release !== to.id).map(({ id }) => id);
  return others.length === 0 ? '' : ` and restart ${others.join(', ')}`;
}

/** Reads the arguments back. */
export const argsOf = ({ args }: Pick<Step, 'args'>): RollbackArgs => rollbackArgs.parse(args);

/** The arguments of a plan's only step. */
export const argsIn = ({ steps }: Pick<Plan, 'steps'>): RollbackArgs =>
  rollbackArgs.parse(steps[0]?.args);
