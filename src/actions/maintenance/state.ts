import type { On } from '../../core/action.ts';
import type { PlanFact } from '../../core/plan.ts';
import { soon } from '../looking.ts';

/** Whether the maintenance page is shown, with which words, and until when. */
export type MaintenanceState = Awaited<ReturnType<On<'maintenance'>['can']['maintenance']['read']>>;

/** Looks at it now. */
export const maintenanceOf = ({ can }: On<'maintenance'>): Promise<MaintenanceState> =>
  can.maintenance.read(soon());

/** In a few words. */
export const stateText = ({ on, message, until }: MaintenanceState): string => {
  if (!on) return 'off';
  const end = until === null ? 'without an end' : `until ${new Date(until).toISOString()}`;
  return message === null ? `on ${end}` : `on ${end}, with the message “${message}”`;
};

/** When somebody has turned it on, off or prolonged it, the plan is another one. */
export const stateFact = (state: MaintenanceState): PlanFact => ({
  name: 'maintenance',
  value: stateText(state),
  material: true,
});
