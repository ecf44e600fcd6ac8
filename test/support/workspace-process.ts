import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { bareEnv } from './bare-env.ts';
import { freePort } from './free-port.ts';
import { tokens } from './grounds.ts';
import { patience } from './patience.ts';

/** The local Slack as a process of its own. */
export interface WorkspaceProcess {
  url: string;
  /** Kills it without a warning. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with what it kept in its folder. */
  startAgain(): Promise<void>;
}

/** Starts one that keeps its state in `data`. */
export async function startWorkspaceProcess(data: string): Promise<WorkspaceProcess> {
  const port = await freePort();
  let child = await start(port, data);
  return {
    url: `http://127.0.0.1:${port}`,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    async startAgain() {
      child = await start(port, data);
    },
  };
}

async function start(port: number, data: string): Promise<ChildProcess> {
  const argv = ['--disable-warning=ExperimentalWarning', 'workspace/main.ts'];
  const child = spawn(process.execPath, argv, {
    env: {
      ...bareEnv,
      WORKSPACE_PORT: String(port),
      WORKSPACE_DATA: data,
      WORKSPACE_RATE_SCALE: '1000',
      WORKSPACE_ACK_MS: String(patience / 4),
      SLACK_BOT_TOKEN: tokens.bot,
      SLACK_APP_TOKEN: tokens.app,
      SLACK_SIGNING_SECRET: tokens.signingSecret,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the workspace ended with code ${code}`);
    }),
  ]);
  return child;
}
