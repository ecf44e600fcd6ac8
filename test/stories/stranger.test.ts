import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectWorkspace, type WorkspaceClient } from '../../workspace/client.ts';
import { channels, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type Launched, launch } from '../support/launch.ts';
import { patience } from '../support/patience.ts';
import { type Person, personIn } from '../support/person.ts';

/** The whole of `npm start`, as somebody meets it who has just cloned it. */
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-stranger-'));
let house: Launched;
let slack: WorkspaceClient;
let engineer: Person;

beforeAll(async () => {
  house = await launch(folder, { WORKSPACE_ACK_MS: String(patience / 12) });
  slack = connectWorkspace(house.url);
  engineer = personIn(slack, people.onCall1);
});

afterAll(async () => {
  await house.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

describe('a stranger who has just started Gatehouse', () => {
  test('asks for the status and sees five services, checked live', async () => {
    const answer = await engineer.asks('status');
    for (const name of fiveServices) expect(textOf(answer)).toContain(`${name}@prod`);
    expect(textOf(answer)).toContain('All 5 are up');
  });

  test('kills one of them by hand, asks again, and sees it down', async () => {
    process.kill(pidOf('security-platform'), 'SIGKILL');
    const answer = await engineer.asks('status');
    expect(textOf(answer)).toContain('4 of 5 are up');
    expect(rowOf(answer, 'security-platform@prod')).toMatch(/down/);
    for (const name of fiveServices.filter((one) => one !== 'security-platform')) {
      expect(rowOf(answer, `${name}@prod`)).toMatch(/\bup\b/);
    }
  });

  test('kills the bot, which comes back and answers', async () => {
    const bot = await botPid();
    process.kill(bot, 'SIGKILL');
    await expect.poll(botPid).not.toBe(bot);
    await expect
      .poll(async () => (await slack.type({ as: engineer.id, channel, text: '/auth services' })).ok)
      .toBe(true);
  });

  test.skipIf(!existsSync('/proc/self/environ'))(
    'shares its tokens with nobody: they are made anew, and lie in no file',
    async () => {
      const env = readFileSync(`/proc/${await botPid()}/environ`, 'utf8');
      const tokens = env.match(/(?<=SLACK_(?:BOT_TOKEN|APP_TOKEN|SIGNING_SECRET)=)[^\0]+/g) ?? [];
      expect(tokens).toEqual(
        Array(3).fill(expect.stringMatching(/^(?:xox[bp]-|xapp-)?[0-9a-f]{32}$/)),
      );
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => !/^(?:database|compile-cache)/.test(name))
        .map((name) => join(folder, name))
        .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
      expect(files.length).toBeGreaterThan(10);
      const leaks = files.filter((path) => tokens.some((one) => bytesOf(path).includes(one)));
      expect(leaks).toEqual([]);
    },
  );

  test('ends it, and nothing is left running', async () => {
    const pids = [
      ...fiveServices.flatMap((name) => (name === 'security-platform' ? [] : [pidOf(name)])),
      await botPid(),
    ];
    expect(pids.every(lives)).toBe(true);
    await house.end();
    await expect.poll(() => pids.filter(lives)).toEqual([]);
  });
});

const fiveServices = [
  'rms-auth',
  'enterprise-auth',
  'rust-auth',
  'security-platform',
  'identity-platform',
];
const channel = channels.authOps;

/** Nothing, when the file was written anew meanwhile, for which it had another name. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

const textOf = ({ blocks }: Message): string => JSON.stringify(blocks);

const rowOf = ({ blocks }: Message, name: string): string =>
  JSON.stringify(
    blocks.find((block) => block.type === 'section' && JSON.stringify(block).includes(name)),
  );

const pidOf = (service: string): number => {
  const catalogue = readFileSync(join(folder, 'demo', 'gatehouse.yml'), 'utf8');
  expect(catalogue).toContain(service);
  return instancePid(join(folder, 'demo', 'systems', service));
};

const instancePid = (system: string): number =>
  JSON.parse(readFileSync(join(system, 'run', 'api.json'), 'utf8')).pid;

/** The bot, found as the launcher's child that runs main.ts. */
async function botPid(): Promise<number> {
  const ps = spawn('ps', ['-o', 'pid=,args=', '--ppid', String(house.launcher.pid)]);
  const chunks: Buffer[] = [];
  ps.stdout.on('data', (chunk) => chunks.push(chunk));
  await once(ps, 'close');
  const line = Buffer.concat(chunks)
    .toString()
    .split('\n')
    .find((one) => one.includes('src/main.ts'));
  return Number(line?.trim().split(' ')[0] ?? 0);
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
