import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectWorkspace } from '../../workspace/client.ts';
import { channels, people } from '../../workspace/people.ts';
import { firstWorld } from '../../workspace/state/first-world.ts';
import { createStateFile } from '../../workspace/state/state-file.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openSocket } from './raw-app.ts';
import { runWorkspace, tokens, webClient } from './run-workspace.ts';

const as = people.onCall1;
const channel = channels.incidents;

/** A folder that goes with the test. */
function folder(): string {
  const { path, remove } = tempFolder();
  onTestFinished(remove);
  return path;
}

test('whoever reads the file sees a whole world, also while one is being written', async () => {
  const path = join(folder(), 'workspace.json');
  const world = firstWorld('Gatehouse', 0);
  Object.assign(world.channels[0] ?? {}, { topic: 'x'.repeat(20_000_000) });
  const file = createStateFile(path, world, (line) => expect.fail(line));
  await file.flush();
  let writing = true;
  const written = file.flush().then(() => {
    writing = false;
  });
  while (writing) {
    expect(readFileSync(path, 'utf8').endsWith('}')).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await written;
});

describe('after it was ended and started again', () => {
  test('everything is as it was, and new messages come after old ones', async () => {
    const data = folder();
    const first = await runWorkspace({ data });
    const { ts = '' } = await first.web.chat.postMessage({ channel, text: 'kept' });
    await first.web.pins.add({ channel, timestamp: ts });
    await first.web.chat.postEphemeral({ channel, user: as, text: 'only you' });
    await first.web.conversations.create({ name: 'new-one' });
    await first.members.group({ group: 'oncall', members: [people.viewer] });
    await first.web.files.uploadV2({ channel_id: channel, filename: 'a.txt', content: 'bytes' });
    const view = { type: 'home' as const, blocks: [] };
    await first.web.views.publish({ user_id: as, view });
    const before = await first.members.look(as);
    await first.close();

    const second = await runWorkspace({ data });
    const after = await second.members.look(as);
    expect(after).toEqual(before);
    const file = after.messages.at(-1)?.files[0]?.url;
    expect(await (await fetch(`${second.url}${file}`)).text()).toBe('bytes');
    const later = await second.web.chat.postMessage({ channel, text: 'new' });
    expect(Number(later.ts)).toBeGreaterThan(Number(before.messages.at(-1)?.ts));
  });

  test('an answer to an old command still arrives', async () => {
    const data = folder();
    const first = await runWorkspace({ data });
    const socket = await openSocket(first.url);
    await first.members.type({ as, channel, text: '/auth status' });
    const path = new URL(socket.received.at(-1)?.payload.response_url).pathname;
    await first.close();
    const second = await runWorkspace({ data });
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ text: 'late' });
    await fetch(`${second.url}${path}`, { method: 'POST', headers, body });
    expect((await second.members.look(as)).messages).toMatchObject([{ text: 'late' }]);
  });

  test('a file that cannot be read is set aside, and said so', async () => {
    const data = folder();
    const path = join(data, 'workspace.json');
    writeFileSync(path, '{"version":1,"mess');
    const said: string[] = [];
    const { members } = await runWorkspace({ data, say: (line) => said.push(line) });
    expect((await members.look(as)).messages).toEqual([]);
    expect(said).toEqual([expect.stringContaining('workspace.json.broken')]);
    expect(readFileSync(`${path}.broken`, 'utf8')).toContain('mess');
  });
});

describe('the process', () => {
  const env = (data: string, more: Record<string, string> = {}) => ({
    PATH: process.env.PATH,
    WORKSPACE_PORT: '0',
    WORKSPACE_DATA: data,
    SLACK_BOT_TOKEN: tokens.bot,
    SLACK_APP_TOKEN: tokens.app,
    SLACK_SIGNING_SECRET: tokens.signingSecret,
    ...more,
  });

  function start(data: string, more: Record<string, string> = {}): ChildProcess {
    const child = fork('workspace/main.ts', { env: env(data, more), silent: true });
    const ended = once(child, 'exit');
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended; // or it still writes into the folder that is removed next
    });
    return child;
  }

  const text = async (stream: NodeJS.ReadableStream | null): Promise<string> => {
    let all = '';
    for await (const chunk of stream ?? []) all += chunk;
    return all;
  };

  test('says where it is, in one line and to its launcher, and keeps all when it is ended', async () => {
    const data = folder();
    const child = start(data);
    const printed = text(child.stdout);
    const [ready] = await once(child, 'message');
    expect(ready).toEqual({
      ready: true,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    await webClient(ready.url, tokens.bot).chat.postMessage({ channel, text: 'kept' });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await printed).toBe(`${JSON.stringify(ready)}\n`);
    const again = start(data);
    const [second] = await once(again, 'message');
    expect((await connectWorkspace(second.url).look(as)).messages).toMatchObject([
      { text: 'kept' },
    ]);
  });

  test('never outlives its launcher', async () => {
    const child = start(folder());
    await once(child, 'message');
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('killed without warning, it comes back with what it had written', async () => {
    const data = folder();
    const child = start(data);
    const [ready] = await once(child, 'message');
    await webClient(ready.url, tokens.bot).chat.postMessage({ channel, text: 'kept' });
    const kept = () => readFileSync(join(data, 'workspace.json'), 'utf8');
    await expect.poll(() => attempt(kept)).toContain('"kept"');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [second] = await once(start(data), 'message');
    expect((await connectWorkspace(second.url).look(as)).messages).toMatchObject([
      { text: 'kept' },
    ]);
  });

  const attempt = (read: () => string): string => {
    try {
      return read();
    } catch {
      return '';
    }
  };

  test.each<[string, Record<string, string>, string]>([
    ['without a token', { SLACK_APP_TOKEN: '' }, 'SLACK_APP_TOKEN is not set'],
    ['without a manifest', { WORKSPACE_MANIFEST: 'no/such.yml' }, 'no/such.yml cannot be read'],
    ['with a manifest that is none', { WORKSPACE_MANIFEST: 'package.json' }, 'did not start'],
    ['with a wrong number', { WORKSPACE_RATE_SCALE: 'many' }, 'WORKSPACE_RATE_SCALE'],
  ])('%s ends with code 2 and a sentence', async (_, more, sentence) => {
    const child = start(folder(), more);
    const said = text(child.stderr);
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(await said).toContain(sentence);
  });
});
