import { type Deadline, type Incident, isOpen } from '../../core/incident.ts';
import { mostOverdue } from '../../core/silence.ts';
import { isTime } from '../updating/update-slots.ts';
import { nextWorking } from '../updating/working-time.ts';

const minute = 60_000;

/** How long before an update somebody is reminded of it, in milliseconds. */
export const reminderBefore = 3 * minute;

/** Whether updates go out at all. */
const goesOut = ({ state, updates }: Incident): boolean =>
  isOpen(state) && state !== 'triage' && updates.every !== null;

/** When the next update is due. */
export function updateDeadline(incident: Incident): Deadline | null {
  const { next, posted } = incident.updates;
  return goesOut(incident) && next !== null ? { kind: 'update', at: next, step: posted } : null;
}

/** When somebody is reminded of the next update, so that it says more than the checks do. */
export function reminderDeadline(incident: Incident): Deadline | null {
  const { next, every } = incident.updates;
  if (!goesOut(incident) || next === null || every === null || every <= 2 * reminderBefore) {
    return null;
  }
  if (incident.counted.reminder?.from === next) return null;
  return { kind: 'reminder', at: next - reminderBefore, step: 0 };
}

/** How long after the promised moment each step comes: 5, 10 and 20 minutes, then at each pace. */
export function overdueAfter(step: number, every: number): number {
  const [first, second, third] = [5 * minute, 10 * minute, 20 * minute];
  return [first, second, third][step] ?? third + (step - 2) * every;
}

/** When somebody is told that no person has said anything since an update was promised. */
export function overdueDeadline(incident: Incident): Deadline | null {
  const { counted, updates, rules } = incident;
  const count = counted.overdue;
  if (!goesOut(incident) || updates.every === null || !count || count.done > mostOverdue) {
    return null;
  }
  const step = count.from + overdueAfter(count.done, updates.every);
  const at = Math.max(step, count.until ?? step);
  const due = isTime(incident, at) ? at : nextWorking(rules.working, at);
  return { kind: 'overdue', at: due, step: count.done };
}

/** How many steps of the overdue ladder should have been reached by a moment; none more while it is put off. */
export function overdueBy(incident: Incident, now: number): number {
  const { overdue } = incident.counted;
  const { every } = incident.updates;
  if (!overdue || every === null) return 0;
  if (overdue.until !== undefined && now < overdue.until) return overdue.done;
  const steps = Array.from({ length: mostOverdue + 1 }, (_, step) => step);
  return steps.filter((step) => overdue.from + overdueAfter(step, every) <= now).length;
}
