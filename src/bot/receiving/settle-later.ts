import { messageOf } from '../../core/errors.ts';
import type { Intake } from '../../core/intake.ts';
import type { Log } from '../../core/log.ts';

/** Deliveries about which nothing more has to be done. */
export interface SettleLater {
  add(key: string): void;
  /** Writes them down now, as well as it goes. */
  flush(): Promise<void>;
}

/** In milliseconds. Soon keeps down what is told again after a kill; not at once makes one statement of many. */
const pauses = { usual: 50, afterFailure: 1_000 };
/** So many may wait for a database that does not answer. */
const most = 10_000;

/** Writes down what is settled a moment later, together with others, and again when that fails. */
export function settleLater(intake: Pick<Intake, 'settle'>, log: Log): SettleLater {
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const soon = (pause: number) => {
    timer ??= setTimeout(() => void flush(), pause).unref();
  };
  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const keys = waiting;
    waiting = [];
    if (keys.length === 0) return;
    try {
      await intake.settle(keys);
    } catch (error) {
      log.warn({ why: messageOf(error), keys: keys.length }, 'What is done could not be noted');
      waiting = [...keys, ...waiting].slice(0, most);
      soon(pauses.afterFailure);
    }
  };
  return {
    add(key) {
      waiting.push(key);
      soon(pauses.usual);
    },
    flush,
  };
}
