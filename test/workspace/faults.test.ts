import { expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { refusal, runWorkspace, stillChance } from './run-workspace.ts';

const say = { channel: channels.general, text: 'x' };

test('a healthy Slack has none, and those that are set stay set', async () => {
  const { members } = await runWorkspace();
  const healthy = (await members.look(people.viewer)).faults;
  expect(healthy).toEqual({
    latencyMs: 0,
    failBefore: 0,
    dropAfter: 0,
    rateLimited: 0,
    hang: false,
    revoked: false,
    refuse: {},
    fileMs: 0,
    copies: 1,
    delayMs: 0,
  });
  await members.faults({ hang: true });
  const { faults } = await members.faults({ latencyMs: 5 });
  expect(faults).toEqual({ ...healthy, hang: true, latencyMs: 5 });
});

test('a failure before does nothing; a dropped connection comes after the work', async () => {
  const { web, members } = await runWorkspace();
  const said = async () => (await members.look(people.viewer)).messages.length;
  await members.faults({ failBefore: 1 });
  expect(await refusal(web.chat.postMessage(say))).toMatchObject({
    thrown: { statusCode: 503 },
  });
  expect(await said()).toBe(0);
  await members.faults({ failBefore: 0, dropAfter: 1 });
  await expect(web.chat.postMessage(say)).rejects.toThrow();
  expect(await said()).toBe(1);
  await members.faults({ dropAfter: 0 });
  await web.chat.postMessage(say);
  expect(await said()).toBe(2);
});

test('a share hits as often as chance says', async () => {
  const values = [0.1, 0.9, 0.49, 0.5];
  const chance = { ...stillChance(), random: () => values.shift() ?? 0.99 };
  const { web, members } = await runWorkspace({ chance });
  await members.faults({ failBefore: 0.5 });
  const answers = [];
  for (let turn = 0; turn < 4; turn += 1) {
    answers.push(
      await web.api.test().then(
        () => 'ok',
        () => '503',
      ),
    );
  }
  expect(answers).toEqual(['503', 'ok', '503', 'ok']);
});

test('a storm of 429 says when to come again', async () => {
  const { web, members } = await runWorkspace();
  await members.faults({ rateLimited: 1 });
  expect(await refusal(web.chat.postMessage(say))).toMatchObject({ thrown: { retryAfter: 1 } });
});

test('a revoked token is good for nothing until it is given back', async () => {
  const { web, members } = await runWorkspace();
  await members.faults({ revoked: true });
  expect(await refusal(web.auth.test())).toMatchObject({ error: 'token_revoked' });
  await members.faults({ revoked: false });
  expect(await web.auth.test()).toMatchObject({ ok: true });
});

test('a hanging Slack never answers, and people go on', async () => {
  const { url, members } = await runWorkspace();
  await members.faults({ hang: true });
  const signal = AbortSignal.timeout(100);
  await expect(fetch(`${url}/api/api.test`, { signal })).rejects.toThrow('timeout');
  const typing = members.type({ as: people.viewer, channel: channels.general, text: 'x' });
  expect(await typing).toMatchObject({ ok: true });
});
