import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { bareEnv } from './bare-env.ts';

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The bot as a process of its own, started by this test. */
export interface BotProcess {
  /** Every line that it printed, whatever it printed it to. */
  lines: readonly string[];
  /** The address of its own pages, once it says it. */
  web(): Promise<string>;
  /** Resolves when Slack reaches it. */
  ready(): Promise<void>;
  send(signal: NodeJS.Signals): void;
  /** Leaves it alone, as a starter does that dies. */
  abandon(): void;
  /** Reads nothing any more that it prints, as when whatever collects its log has died. */
  turnAway(): void;
  /** Resolves when it has ended, and all that it printed is among the lines. */
  ended: Promise<End>;
  /** Ends it at once, whatever it does. */
  kill(): Promise<void>;
}

/** Starts `src/main.ts` with these variables and none of this machine's own. */
export function startBotProcess(env: Readonly<Record<string, string>>): BotProcess {
  // It does not live long enough for what a better compilation of its database would bring.
  const argv = ['--disable-warning=ExperimentalWarning', '--liftoff-only', 'src/main.ts'];
  const child = spawn(process.execPath, argv, {
    env: { ...bareEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // What it said last may not have been read when it is gone.
  const outputs = [child.stdout, child.stderr].map((output) => once(output as Readable, 'close'));
  const ended = Promise.all([once(child, 'exit'), ...outputs]).then(
    ([[code, signal]]): End => ({ code, signal }),
  );
  const lines: string[] = [];
  const web = Promise.withResolvers<string>();
  const ready = once(child, 'message').then(() => {});
  const gone = ended.then(({ code }) => {
    throw new Error(`the bot ended with code ${code}: ${lines.join('\n')}`);
  });
  gone.catch(() => {}); // told to whoever waits for something else
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input: input as Readable }).on('line', (line) => {
      lines.push(line);
      const [, url] = /"url":"(http:[^"]+)"/.exec(line) ?? [];
      if (url) web.resolve(url);
    });
  }
  return {
    lines,
    web: () => Promise.race([web.promise, gone]),
    ready: () => Promise.race([ready, gone]),
    send: (signal) => void child.kill(signal),
    abandon: () => child.disconnect(),
    turnAway() {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
