import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOutboxCalls } from '../../../src/bot/outbox/outbox-calls.ts';
import { createGates } from '../../../src/bot/outbox/outbox-gates.ts';
import { troubleOf } from '../../../src/bot/outbox/outbox-trouble.ts';
import { stillClock } from '../../support/clock.ts';
import { freePort } from '../../support/free-port.ts';
import { clientOf } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const says = (error: string) => new WebAPIPlatformError({ ok: false, error });

describe('what a failed call means', () => {
  test.each([
    ['limited', new WebAPIRateLimitedError(7)],
    ['unclear', new WebAPIHTTPError(503, 'Service Unavailable', {})],
    ['later', new WebAPIHTTPError(403, 'Forbidden', {})],
    ['unclear', new WebAPIRequestError(new Error('other side closed'))],
    ['unclear', new WebAPIRequestError(new DOMException('aborted', 'TimeoutError'))],
    ['unreached', new WebAPIRequestError(Object.assign(new Error(), { code: 'ENOTFOUND' }))],
    ['unclear', new Error('Slack does not say where the message stands')],
    ['unclear', says('internal_error')],
    ['unclear', says('<html>Bad gateway</html>')],
    ['later', says('token_revoked')],
    ['later', says('missing_scope')],
    ['gone', says('message_not_found')],
    ['closed', says('channel_not_found')],
    ['closed', says('not_in_channel')],
    ['closed', says('is_archived')],
    ['refused', says('invalid_blocks')],
    ['refused', says('user_not_found')],
  ])('%s: %s', (kind, error) => {
    expect(troubleOf(error)).toMatchObject({ kind, why: error.message });
  });

  test('a rate limit says when to ask again', () => {
    expect(troubleOf(new WebAPIRateLimitedError(7)).retryIn).toBe(7_000);
  });

  test('a Slack that is not there was not reached, one that hangs or breaks may have heard', async () => {
    const nowhere = clientOf(`http://127.0.0.1:${await freePort()}/api/`);
    const post = (client: typeof nowhere) =>
      client.api.chat
        .postMessage({ channel: 'C1', text: 'x' })
        .then(() => expect.fail(), troubleOf);
    expect(await post(nowhere)).toMatchObject({ kind: 'unreached' });
    const slack = await startTinySlack();
    onTestFinished(() => slack.close());
    for (const reply of ['hang', { status: 500 }] as const) {
      slack.answer('chat.postMessage', () => reply);
      expect(await post(clientOf(slack.apiUrl, 50))).toMatchObject({ kind: 'unclear' });
    }
  });
});

describe('a rate limit', () => {
  const limited = () => Promise.reject(new WebAPIRateLimitedError(3));
  const done = async () => 'done';

  test('holds for its method and its place as long as Slack says, and for nothing else', async () => {
    const clock = stillClock();
    const call = createOutboxCalls(createGates(clock));
    expect(await call('chat.update', 'C1', limited)).toMatchObject({ ok: false });
    expect(await call('chat.update', 'C2', done)).toEqual({ ok: true, value: 'done' });
    expect(await call('chat.postMessage', 'C1', done)).toEqual({ ok: true, value: 'done' });
    clock.pass(2_000);
    const kept = await call('chat.update', 'C1', () => expect.fail('Slack was asked too early'));
    expect(kept).toMatchObject({ error: { kind: 'limited', retryIn: 1_000 } });
    clock.pass(1_000);
    expect(await call('chat.update', 'C1', done)).toEqual({ ok: true, value: 'done' });
  });

  test('is not shortened by a shorter one, nor forgotten among many', () => {
    const clock = stillClock();
    const gates = createGates(clock);
    gates.close('long', 9_000);
    gates.close('long', 10);
    for (let n = 0; n < 1_500; n += 1) gates.close(`short ${n}`, 1);
    clock.pass(1_000);
    for (let n = 0; n < 1_500; n += 1) gates.close(`short ${n}`, 1);
    expect(gates.wait('long')).toBe(8_000);
    expect(gates.wait('short 1')).toBe(1);
  });
});
