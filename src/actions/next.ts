import type { Next } from '../core/report.ts';
import { type Target, targetName } from '../core/target.ts';

/** The commands that people type one after the other about a target, by the label of their button. */
const commands = { status: 'Status', health: 'Health', logs: 'Logs', history: 'History' } as const;

/** Buttons under the report of a target: once more, then the other things one looks at. */
export function nextFor(target: Target, shown: keyof typeof commands, again?: string): Next[] {
  const name = targetName(target);
  const refresh: Next = { label: 'Refresh', command: again ?? `${shown} ${name}` };
  const others = Object.entries(commands).filter(([command]) => command !== shown);
  return [refresh, ...others.map(([command, label]) => ({ label, command: `${command} ${name}` }))];
}
