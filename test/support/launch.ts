import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** All of `npm start`, running. */
export interface Launched {
  launcher: ChildProcess;
  /** The page of the local workspace. */
  url: string;
  /** Ends it as Ctrl-C would, and waits until it has ended. */
  end(): Promise<void>;
}

/** Starts what `npm start` starts, with its data in `folder` and without any setting of this machine. */
export async function launch(folder: string, env: Record<string, string> = {}): Promise<Launched> {
  const launcher = spawn(process.execPath, ['bin/gatehouse.mjs'], {
    env: { ...bare(process.env), GATEHOUSE_DATA: folder, WORKSPACE_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(launcher, 'exit');
  const url = await Promise.race([
    printedUrl(launcher),
    ended.then(([code]) => Promise.reject(new Error(`the launcher ended with code ${code}`))),
  ]);
  return {
    launcher,
    url,
    async end() {
      launcher.kill('SIGTERM');
      await ended;
    },
  };
}

async function printedUrl(launcher: ChildProcess): Promise<string> {
  if (!launcher.stdout) throw new Error('the launcher has no output');
  for await (const line of createInterface({ input: launcher.stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('the launcher ended without printing an address');
}

/** Only what any shell has: no token, no test runner's setting. */
const bare = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => /^(PATH|HOME|LANG|TMPDIR|USER)$/.test(name)),
  );
