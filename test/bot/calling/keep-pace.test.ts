import { WebAPIRateLimitedError } from '@slack/web-api';
import { expect, onTestFinished, test } from 'vitest';
import { asksFirst, tellsAfterwards } from '../../../src/bot/calling/keep-pace.ts';
import { createSlackClient } from '../../../src/bot/calling/slack-client.ts';
import { createRedactor } from '../../../src/core/redactor.ts';
import { Secret } from '../../../src/core/secret.ts';
import { memoryPace } from '../../../src/store/memory/memory-pace.ts';
import { stillClock } from '../../support/clock.ts';
import { recordingLog } from '../recording-log.ts';
import { startTinySlack } from '../tiny-slack.ts';

/** Ten calls at once, of which three are for what somebody waits for, and then one in 100 s. */
const limit = { most: 21, within: 1_200_000 };
const limits = { 'files.info': limit, 'chat.postMessage': limit, 'chat.update': limit };

async function started() {
  const slack = await startTinySlack();
  onTestFinished(() => slack.close());
  const clock = stillClock();
  const pace = memoryPace(clock, limits);
  const options = {
    apiUrl: slack.apiUrl,
    token: new Secret('xoxb-test'),
    redactor: createRedactor(),
    log: recordingLog(),
  };
  const sleep = async (ms: number) => clock.pass(ms);
  const patient = createSlackClient({ ...options, pace: asksFirst({ pace, clock, sleep }) }).api;
  const waited = createSlackClient({ ...options, pace: tellsAfterwards(pace) }).api;
  return { slack, clock, pace, patient, waited };
}

test('what nobody waits for is called at the pace, and not at all before its time', async () => {
  const { slack, clock, patient } = await started();
  for (let n = 0; n < 7; n += 1) await patient.files.info({ file: 'F1' });
  const refused = await patient.files.info({ file: 'F1' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WebAPIRateLimitedError);
  expect((refused as WebAPIRateLimitedError).retryAfter).toBeGreaterThan(90);
  expect(slack.calls).toHaveLength(7);
  clock.pass(100_000 - 200);
  await patient.files.info({ file: 'F1' }); // what comes back soon is waited for
  expect(slack.calls).toHaveLength(8);
});

test('what somebody waits for is called at once, and the others wait for it', async () => {
  const { slack, pace, patient, waited } = await started();
  for (let n = 0; n < 12; n += 1) await waited.files.info({ file: 'F1' });
  expect(slack.calls).toHaveLength(12);
  expect(pace.known().get('files.info')?.fullIn).toBeGreaterThan(1_100_000);
  await expect(patient.files.info({ file: 'F1' })).rejects.toThrow(WebAPIRateLimitedError);
});

test('what the outbox has handed out is not counted a second time', async () => {
  const { slack, pace, patient } = await started();
  slack.answer('chat.postMessage', () => ({ ts: '1.1' }));
  await patient.chat.postMessage({ channel: 'C1', text: 'x' });
  await patient.chat.update({ channel: 'C1', ts: '1.1', text: 'x' });
  expect([...pace.known().keys()]).toEqual([]);
});

test('a 429 is known to everybody, with the method, the channel and the time', async () => {
  const { slack, clock, pace, patient, waited } = await started();
  const tooFast = () => ({ status: 429, headers: { 'retry-after': '30' } });
  slack.answer('chat.postMessage', tooFast);
  slack.answer('files.info', tooFast);
  const post = (channel: string) =>
    waited.chat.postMessage({ channel, text: 'x' }).catch((error: unknown) => error);
  await post('C1');
  await post('C1');
  expect(pace.known().get('chat.postMessage')?.restsFor).toBeLessThanOrEqual(0);
  await post('C2');
  expect(pace.known().get('chat.postMessage')?.restsFor).toBe(30_000);
  await expect(patient.files.info({ file: 'F1' })).rejects.toThrow(WebAPIRateLimitedError);
  expect(pace.known().get('files.info')?.restsFor).toBe(30_000);
  const made = slack.calls.length;
  clock.pass(29_000);
  await expect(patient.files.info({ file: 'F1' })).rejects.toThrow(WebAPIRateLimitedError);
  expect(slack.calls).toHaveLength(made);
});

test('while the database does not answer nothing is called but what somebody waits for', async () => {
  const { slack, clock } = await started();
  const away = () => Promise.reject(new Error('the database is away'));
  const pace = { take: away, spend: away, limited: away };
  const patient = asksFirst({ pace, clock, sleep: async () => {} });
  await expect(patient.before('files.info')).rejects.toThrow(WebAPIRateLimitedError);
  await patient.before('auth.test'); // has no pace
  const waited = tellsAfterwards(pace);
  await waited.before('files.info');
  for (const keeper of [patient, waited]) keeper.limited('files.info', null, 1);
  expect(slack.calls).toEqual([]);
});
