import { messageOf } from '../core/errors.ts';
import type { KillSwitch } from '../core/kill-switch.ts';

/**
 * Why nothing may be changed at the moment, in one sentence; null while changes may be made. A switch
 * that cannot be read counts as on.
 */
export async function whyStopped({ state }: Pick<KillSwitch, 'state'>): Promise<string | null> {
  try {
    const { on, reason } = await state();
    return on ? `All changes are stopped: ${reason}.` : null;
  } catch (error) {
    return `Whether changes are stopped cannot be read, so none is made: ${messageOf(error)}`;
  }
}
