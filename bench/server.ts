import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { command, signingSecret } from './commands.ts';
import { team } from './slack-stub.ts';

const root = new URL('..', import.meta.url).pathname;

/** A process that takes Slack's requests over HTTP: Gatehouse, or its rival. */
export interface Server {
  url: string;
  /** Resolves when it has acknowledged one command, asked every few milliseconds. */
  acknowledges(responseUrl: string): Promise<void>;
  /** Resolves at the moment when it takes connections. */
  listens(): Promise<void>;
  /** Resolves when everything is ready, the database too. */
  isReady(): Promise<void>;
  end(): Promise<void>;
}

/** Starts a script of the project as a server of Slack's requests. */
export async function spawnServer(
  script: string,
  apiUrl: string,
  env: Record<string, string>,
): Promise<Server> {
  const port = String(await freePort());
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, script)],
    {
      env: {
        ...process.env,
        PORT: port,
        GATEHOUSE_PORT: port,
        SIGNING_SECRET: signingSecret,
        SLACK_API_URL: apiUrl,
        GATEHOUSE_SLACK_MODE: 'http',
        SLACK_BOT_TOKEN: 'xoxb-bench',
        SLACK_SIGNING_SECRET: signingSecret,
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async acknowledges(responseUrl) {
      while (child.exitCode === null) {
        if ((await statusOf(url, responseUrl)) === 200) return;
        await sleep(4);
      }
      throw new Error(`${script} ended with code ${child.exitCode} before it answered`);
    },
    async listens() {
      while (child.exitCode === null) {
        if (await connects(Number(port))) return;
        await sleep(2);
      }
      throw new Error(`${script} ended with code ${child.exitCode} before it listened`);
    },
    async isReady() {
      while (child.exitCode === null) {
        if (await isReady(url)) return;
        await sleep(20);
      }
      throw new Error(`${script} ended with code ${child.exitCode} before it was ready`);
    },
    async end() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 15_000).unref();
      await exit;
    },
  };
}

const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () =>
      resolve(false),
    );
    socket.once('connect', () => socket.destroy());
  });

async function isReady(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${url}/readyz`);
    await body.dump();
    return statusCode === 200;
  } catch {
    return false; // it does not listen yet
  }
}

async function statusOf(url: string, responseUrl: string): Promise<number> {
  const { path, ...rest } = command('status', responseUrl);
  try {
    const { statusCode, body } = await request(new URL(path, url), rest);
    await body.dump();
    return statusCode;
  } catch {
    return 0; // it does not listen yet
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A configuration with one service that has one check. */
export const catalogueOf = (health: string): string => `version: 1
slack: { team: ${team}, pace: { all: none } }
services:
  rms-auth:
    title: RMS
    runbook: "000"
    environments: { prod: { http: { checks: [{ name: health, url: "${health}" }] } } }
`;
