import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import type { StopSign } from '../../views/runs/kill-switch.ts';
import type { RunTools } from './run-tools.ts';

/** How long anybody who only reads waits to hear of it, in milliseconds. */
const patience = 500;

/** What people are to know of the kill switch; null while it is off. Never throws. */
export async function readStop({
  killSwitch,
}: Pick<RunTools, 'killSwitch'>): Promise<StopSign | null> {
  try {
    const state = await within(patience, () => killSwitch.state());
    return state.on ? { kind: 'on', state } : null;
  } catch (error) {
    return { kind: 'unreadable', why: messageOf(error) };
  }
}
