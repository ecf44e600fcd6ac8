import type { SlackClient } from '../bot/calling/slack-client.ts';
import { createMarkFinder } from '../bot/marks/find-marks.ts';
import { createMessageReader } from '../bot/marks/read-message.ts';
import { messageOf } from '../core/errors.ts';
import type { MarkRecovery } from '../handlers/marks/recover-marks.ts';
import { realSleep } from '../runs/sleep.ts';

/** Looks for marks once somebody is there again; nobody waits for it. */
export interface Recovering {
  begin(): void;
  /** Begins nothing more, and waits for what has begun. */
  stop(): Promise<void>;
}

/** Nothing is looked for yet; what is asked for while it goes on is one more look. */
export function markRecovery({
  client: { api },
  ...tools
}: Pick<MarkRecovery, 'incidents' | 'life' | 'directory' | 'log'> & {
  client: SlackClient;
}): Recovering {
  const messages = { read: createMessageReader(api) };
  const ended = new AbortController();
  let going: Promise<void> | null = null;
  let again = false;
  const look = async () => {
    do {
      again = false;
      const { recoverMarks } = await import('../handlers/marks/recover-marks.ts');
      await recoverMarks({
        ...{ ...tools, messages, marked: createMarkFinder(api) },
        sleep: (ms) => realSleep(ms, ended.signal),
        ended: () => ended.signal.aborted,
      });
    } while (again && !ended.signal.aborted);
  };
  return {
    begin() {
      if (going) again = true;
      else {
        going = look()
          .catch((error: unknown) => {
            tools.log.warn({ why: messageOf(error) }, 'Marks were not looked for');
          })
          .finally(() => {
            going = null;
          });
      }
    },
    async stop() {
      ended.abort();
      await going;
    },
  };
}
