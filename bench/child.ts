import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process of the bench, and the first line it printed. */
export interface Child {
  process: ChildProcess;
  firstLine: string;
  /** Ends it and waits until it has ended. */
  end(): Promise<void>;
}

/** Starts a script of the bench on this Node and waits for the line that says it is ready. */
export async function startChild(script: string, env: Record<string, string> = {}): Promise<Child> {
  const path = new URL(script, import.meta.url).pathname;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdout) throw new Error(`${script} has no output to read`);
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with code ${code} before it was ready`);
  });
  const [firstLine] = await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => {});
  return {
    process: child,
    firstLine,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
