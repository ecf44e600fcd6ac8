import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

/** A running demo in a folder of its own. */
export interface RunningDemo {
  /** Its main process. */
  main: ChildProcess;
  /** Its folder. */
  data: string;
  /** The path of the catalogue it wrote. */
  config: string;
  /** What a system answers to a request; objects are sent as JSON. */
  ask(system: string, path: string, request?: DemoRequest): Promise<DemoReply>;
  /** The same with the system's admin token. */
  admin(system: string, method: string, path: string, body?: object): Promise<DemoReply>;
  /** The process id in a system's pid file. */
  pid(system: string): number;
  /** Ends the demo and removes its folder. */
  stop(): Promise<void>;
}

export interface DemoRequest {
  method?: string;
  body?: object;
  bearer?: string;
  /** Where the request seems to come from. */
  from?: string;
}

export interface DemoReply {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a system answers is what the tests are about.
  json: any;
}

/** Starts the demo; in the folder of an earlier one when it is given, which is then not removed. */
export async function runDemo(
  options: { data?: string; env?: Record<string, string> } = {},
): Promise<RunningDemo> {
  const folder = tempFolder();
  const data = options.data ?? folder.path;
  const main = startMain(data, options.env);
  const { config } = await readiness(main);

  const ask = async (system: string, path: string, request: DemoRequest = {}) => {
    const ports = JSON.parse(readFileSync(join(data, 'ports.json'), 'utf8'));
    const response = await fetch(`http://127.0.0.1:${ports[system]}${path}`, {
      method: request.method ?? 'GET',
      headers: {
        ...(request.body && { 'content-type': 'application/json' }),
        ...(request.bearer && { authorization: `Bearer ${request.bearer}` }),
        ...(request.from && { 'x-forwarded-for': request.from }),
      },
      ...(request.body && { body: JSON.stringify(request.body) }),
    });
    return replyOf(response);
  };
  const inSystem = (system: string, ...path: string[]) =>
    readFileSync(join(data, 'systems', system, ...path), 'utf8');

  return {
    main,
    data,
    config,
    ask,
    admin: (system, method, path, body) => {
      const bearer = inSystem(system, 'admin.token').trim();
      return ask(system, path, { method, bearer, ...(body && { body }) });
    },
    pid: (system) => JSON.parse(inSystem(system, 'run', 'api.json')).pid,
    stop: async () => {
      await endMain(main);
      await folder.remove();
    },
  };
}

/** The demo's main process, started and not waited for. */
export const startMain = (data: string, env: Record<string, string> = {}): ChildProcess =>
  fork(join(import.meta.dirname, '../../demo/main.ts'), {
    env: { ...process.env, ...env, DEMO_DATA: data },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

/** Ends a main process kindly, and waits for it. */
export async function endMain(main: ChildProcess): Promise<void> {
  if (main.exitCode !== null || main.signalCode !== null) return;
  main.kill('SIGTERM');
  await once(main, 'exit');
}

async function readiness(main: ChildProcess): Promise<{ config: string }> {
  let said = '';
  main.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((ready, failed) => {
    main.once('message', (message) => ready(message as { config: string }));
    main.once('exit', () => failed(new Error(`the demo did not start: ${said}`)));
  });
}

async function replyOf(response: Response): Promise<DemoReply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : null,
  };
}
