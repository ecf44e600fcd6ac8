import type { Clock } from '../../core/clock.ts';
import { type KillSwitch, killSwitchSubject } from '../../core/kill-switch.ts';
import { asStored } from '../database/stored-json.ts';
import { aboutSwitch, turnSwitch, unusedSwitch } from '../people/turn-switch.ts';
import type { MemoryLog } from './memory-log.ts';

/** A kill switch for as long as the process lives. */
export function memoryKillSwitch(clock: Pick<Clock, 'now'>, log: MemoryLog): KillSwitch {
  let kept = unusedSwitch;
  return turnSwitch({
    read: async () => ({ ...asStored(kept), now: clock.now() }),
    write: async ({ version, state, entry }) => {
      if (version !== kept.version) return false;
      kept = { version: version + 1, state: asStored(state) };
      const at = clock.now();
      const subject = killSwitchSubject;
      log.append({ subject, about: aboutSwitch, version: kept.version, at, entry });
      return true;
    },
  });
}
