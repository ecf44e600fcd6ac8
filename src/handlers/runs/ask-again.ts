import type { Run } from '../../core/run.ts';
import { askedMessage } from '../../views/runs/run-answer.ts';
import { runRefusalMessage } from '../../views/runs/run-refusal.ts';
import type { Asking } from '../command.ts';
import { meantDependency } from '../grammar/dependency.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Asks anew for what a superseded run wanted, for whoever pressed the button under its new plan and may ask
 * for such a thing: an ordinary request, planned once more and with approvals of its own, and part of the same incident.
 * The parameters are those of the run, which the action's schema has read before.
 */
export async function askAgain(
  { action, target, params, reason, incident }: Run,
  { person, place, origin, setting, refuse, show }: Omit<Asking, 'catalogue'>,
  { runner, approvals }: Pick<RunTools, 'runner' | 'approvals'>,
): Promise<void> {
  const found = setting.registry.find(action.split(' '));
  if (found?.command.name !== action) return refuse({ kind: 'unknown-button' });
  const may = setting.rights.may(found.command, target);
  if (!may.ok) return refuse(may.error);
  const parsed = { items: [], filters: [] };
  const known = meantDependency({ command: found.command, target, params, parsed }, setting);
  if (!known.ok) return refuse(known.error);
  const askedIn = place?.channel ?? null;
  const wanted = { action, target, params, reason, by: person, askedIn };
  const run = await runner.request({
    ...wanted,
    ...(incident !== undefined && { incident }),
    ...(origin !== null && { origin }),
  });
  await (run.ok
    ? show(askedMessage, { run: run.value, approvals })
    : show(runRefusalMessage, run.error));
}
