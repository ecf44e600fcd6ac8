import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { usualPace } from '../src/core/pace.ts';
import { fewAtOnce } from '../src/incidents/watching/few-at-once.ts';
import { tempFolder } from '../test/support/temp-folder.ts';
import { team } from '../workspace/people.ts';
import type { Traffic } from '../workspace/protocol.ts';

const tokens = {
  SLACK_BOT_TOKEN: 'xoxb-of-the-bench',
  SLACK_APP_TOKEN: 'xapp-of-the-bench',
  SLACK_SIGNING_SECRET: 'signing-of-the-bench',
};

/** A local Slack with channels, and what it takes to start bots in it. */
export interface IncidentGround {
  channels: readonly string[];
  /** Starts the workspace so many times as lenient as Slack; what ran before is ended. */
  slack(scale: number): Promise<RunningSlack>;
  /** Starts a bot that keeps the pace of a Slack so many times as lenient; resolves when Slack reaches it. */
  bot(scale: number, env: Readonly<Record<string, string>>): Promise<Running>;
  close(): Promise<void>;
}

/** A process of the bench. */
export interface Running {
  end(): Promise<void>;
}

/** The workspace while it runs. */
export interface RunningSlack extends Running {
  /** The calls of bots so far, oldest first. They are collected as long as it runs. */
  calls: readonly Traffic[];
}

/** Makes it, with so many channels. */
export async function startIncidentGround(count: number): Promise<IncidentGround> {
  const folder = tempFolder();
  const health = await startHealth();
  const running = new Set<Running>();
  const keep = <T extends Running>(one: T): T => {
    running.add(one);
    return one;
  };
  let port = 0;
  const startSlack = async (scale: number) => {
    const started = await startWorkspace(folder.path, port, scale);
    port = Number(new URL(started.url).port);
    return keep(started);
  };
  const first = await startSlack(1e6);
  const channels = await makeChannels(first.url, count);
  await first.end();
  return {
    channels,
    slack: startSlack,
    async bot(scale, env) {
      const file = join(folder.path, `gatehouse-${scale}.yml`);
      writeFileSync(file, catalogue(health.url, scale));
      const slackUrl = `http://127.0.0.1:${port}/api/`;
      const own = { GATEHOUSE_CONFIG: file, GATEHOUSE_PORT: '0', SLACK_API_URL: slackUrl };
      return keep(await startProcess('src/main.ts', { ...own, GATEHOUSE_LOG: 'error', ...env }));
    },
    async close() {
      await Promise.all([...running].map((one) => one.end()));
      health.server.close();
      await folder.remove();
    },
  };
}

const catalogue = (health: string, scale: number): string => `version: 1
slack:
  team: ${team.id}
  pace: { ${Object.entries(usualPace)
    .map(([method, { most }]) => `${method}: ${most * scale}/1m`)
    .join(', ')} }
services:
  rms-auth:
    title: RMS
    runbook: "000"
    environments: { prod: { http: { checks: [{ name: health, url: "${health}" }] } } }
`;

async function startHealth(): Promise<{ url: string; server: Server }> {
  const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`, server };
}

async function startWorkspace(data: string, port: number, scale: number) {
  const started = await startProcess('workspace/main.ts', {
    WORKSPACE_PORT: String(port || 0),
    WORKSPACE_DATA: data,
    WORKSPACE_RATE_SCALE: String(scale),
  });
  const { url } = started.message as { url: string };
  const calls: Traffic[] = [];
  let ended = false;
  const collecting = (async () => {
    while (!ended) {
      calls.push(...(await trafficOf(url, calls.at(-1)?.seq ?? 0)));
      await sleep(250); // it keeps five hundred lines
    }
  })();
  return {
    url,
    calls,
    async end() {
      ended = true;
      await collecting;
      await started.end();
    },
  };
}

async function trafficOf(url: string, since: number): Promise<Traffic[]> {
  const { body } = await request(`${url}/control/traffic`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ since }),
  });
  const { traffic } = (await body.json()) as { traffic: Traffic[] };
  return traffic.filter(({ direction }) => direction === 'from-app');
}

async function makeChannels(url: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, n) => `herd-${n}`);
  const ids: string[] = [];
  await fewAtOnce(8, names, async (name) => {
    const { body } = await request(`${url}/api/conversations.create`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens.SLACK_BOT_TOKEN}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name }),
    });
    const { channel } = (await body.json()) as { channel: { id: string } };
    ids.push(channel.id);
  });
  return ids;
}

const root = new URL('..', import.meta.url).pathname;

/** Starts a script of the project and waits until it says that it is ready. */
async function startProcess(script: string, env: Readonly<Record<string, string>>) {
  const argv = ['--disable-warning=ExperimentalWarning', join(root, script)];
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, argv, {
    cwd: root,
    env: { PATH, HOME, ...tokens, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit');
  const early = exit.then(([code]) => {
    throw new Error(`${script} ended with code ${code} before it was ready`);
  });
  early.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), early]);
  return {
    message: message as unknown,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const last = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exit;
      clearTimeout(last);
    },
  };
}
