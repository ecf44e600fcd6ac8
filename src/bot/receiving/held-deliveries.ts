import { messageOf } from '../../core/errors.ts';
import { holdFor, type Intake } from '../../core/intake.ts';
import type { Log } from '../../core/log.ts';
import { settleLater } from './settle-later.ts';

/** The changes that this process has taken and works on. */
export interface HeldDeliveries {
  /** This process has it from now on. */
  add(key: string): void;
  /** Everything about it is done, if it was held: that is written down a moment later, with others. */
  settle(key: string): void;
  /** Whether it is held or not: whatever is written down about it, nothing has to be done. */
  cancel(key: string): void;
  /** This process does nothing more about it: whoever finds it tells the person. */
  drop(key: string): void;
  /** Says that this process is at it, now. */
  hold(): Promise<void>;
  /** Writes down what is settled, as well as it goes. */
  flush(): Promise<void>;
}

/** Three times within what one word holds, in milliseconds. */
const pause = holdFor / 3;

/** Keeps what this process works on, so that nobody else takes it for left behind. */
export function holdDeliveries(intake: Pick<Intake, 'settle' | 'hold'>, log: Log): HeldDeliveries {
  const held = new Set<string>();
  const settled = settleLater(intake, log);
  let holding: NodeJS.Timeout | undefined;

  const hold = async () => {
    if (held.size > 0) await intake.hold([...held]);
  };
  /** Ends by itself once nothing is held: beginning and ending it for each delivery costs more than holding. */
  const keepHolding = () => {
    if (held.size === 0) {
      clearInterval(holding);
      holding = undefined;
      return;
    }
    hold().catch((error: unknown) => {
      log.warn({ why: messageOf(error) }, 'What is worked on could not be held');
    });
  };
  const drop = (key: string) => {
    held.delete(key);
  };
  return {
    add(key) {
      held.add(key);
      holding ??= setInterval(keepHolding, pause).unref();
    },
    settle(key) {
      if (held.has(key)) settled.add(key);
      drop(key);
    },
    cancel: settled.add,
    drop,
    hold,
    flush: settled.flush,
  };
}
