import { expect, onTestFinished, test } from 'vitest';
import { createSend, type SendOptions } from '../../../src/bot/outbox/outbox-send.ts';
import type { OutboxRow, Sent } from '../../../src/core/outbox.ts';
import { memoryOutbox } from '../../../src/store/memory/memory-outbox.ts';
import { stillClock } from '../../support/clock.ts';
import { recordingLog } from '../recording-log.ts';
import { clientOf } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const row: OutboxRow = {
  id: '17',
  kind: 'card',
  subject: 'R1',
  to: 'C1',
  wanted: 2,
  shown: 0,
  posted: null,
  attempts: 1,
  taking: 1,
  ambiguous: false,
  waits: 0,
};
const posted = { channel: 'C1', ts: '1.1' };

/** Sends rows to a Slack that can be spoilt, at a time that stands still, and what was reported. */
async function sending(given: Partial<SendOptions> = {}) {
  const slack = await startTinySlack();
  onTestFinished(() => slack.close());
  slack.answer('chat.postMessage', () => ({ ts: '1.1' }));
  slack.answer('conversations.history', () => ({ messages: [] }));
  const clock = stillClock();
  const [reports, log]: [Sent[], ReturnType<typeof recordingLog>] = [[], recordingLog()];
  const unused: (string | undefined)[] = [];
  const outbox: SendOptions['outbox'] = {
    ...memoryOutbox(clock),
    report: async (_id, sent, _rests, back) => {
      reports.push(sent);
      unused.push(back);
    },
  };
  const send = createSend({
    outbox,
    draw: async () => ({ message: { text: 'x', blocks: [] }, version: 2 }),
    client: clientOf(slack.apiUrl),
    callTime: 1_000,
    clock,
    log,
    stopping: new AbortController().signal,
    sleep: async (ms) => clock.pass(ms),
    ...given,
  });
  const methods = () => slack.calls.map(({ method }) => method);
  const sendOne = (one = row) => send(one, clock.monotonic());
  return { slack, clock, log, reports, unused, methods, send: sendOne };
}

test('a post says whose it is, links and mentions nothing, and is edited under the same key', async () => {
  const { slack, send, reports, clock } = await sending();
  await send();
  clock.pass(1_500);
  await send({ ...row, posted });
  expect(reports[0]).toEqual({ kind: 'shown', version: 2, posted });
  const said = slack.calls.map(({ args }) => args);
  expect(said[0]).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false', parse: 'none' });
  const key = { event_type: 'gatehouse', event_payload: { outbox: '17', subject: 'R1' } };
  expect(said.map(({ metadata = '' }) => JSON.parse(metadata))).toEqual([key, key]);
});

test('nothing is said twice when a row is handed out again while it is being sent', async () => {
  const { send, methods, reports } = await sending();
  await Promise.all([send(), send()]);
  expect(methods()).toEqual(['chat.postMessage']);
  expect(reports).toHaveLength(1);
});

test('the next of a place that is handed out before the answer to a report is here goes out all the same', async () => {
  const reported: string[] = [];
  let answers = () => {};
  const late = new Promise<void>((resolve) => {
    answers = resolve;
  });
  const clock = stillClock();
  const outbox: SendOptions['outbox'] = {
    ...memoryOutbox(clock),
    report: async (id) => {
      reported.push(id);
      if (id === row.id) await late;
    },
  };
  const { send, methods } = await sending({ outbox });
  const first = send();
  await expect.poll(() => reported).toEqual([row.id]);
  const second = send({ ...row, id: '18', subject: 'R2' });
  answers();
  await Promise.all([first, second]);
  expect(methods()).toEqual(['chat.postMessage', 'chat.postMessage']);
  expect(reported).toEqual([row.id, '18']);
});

test('what may have arrived is looked for when its place has rested, and not before', async () => {
  const { slack, send, clock, methods } = await sending();
  const begun = clock.monotonic();
  slack.answer('conversations.history', () => {
    expect(clock.monotonic() - begun).toBe(700);
    return { messages: [] };
  });
  await send({ ...row, ambiguous: true, waits: 700 });
  expect(methods()).toEqual(['conversations.history', 'chat.postMessage']);
});

test('nothing more is looked for once the message may be somebody else’s', async () => {
  const { slack, send, clock, methods, reports } = await sending();
  slack.answer('conversations.history', () => {
    clock.pass(9_600);
    return { messages: [], has_more: true, response_metadata: { next_cursor: 'more' } };
  });
  await send({ ...row, ambiguous: true });
  expect(methods()).toEqual(['conversations.history']);
  expect(reports).toMatchObject([{ kind: 'ambiguous', counts: false }]);
});

/** Draws, which takes so many milliseconds. */
const slowly = (ms: number) => {
  const clock = stillClock();
  const draw = async () => {
    clock.pass(ms);
    return { message: { text: 'x', blocks: [] }, version: 2 };
  };
  return { clock, draw };
};

test('nothing is sent when the call might outlast the time that the row is held', async () => {
  const { send, methods, reports } = await sending(slowly(8_600));
  await send();
  expect(methods()).toEqual([]);
  expect(reports).toMatchObject([{ kind: 'not-now', retryIn: 0, counts: false }]);
});

test('nothing is reported of a row that is somebody else’s by now, unless it was shown', async () => {
  const late = await sending(slowly(10_000));
  await late.send();
  expect([late.methods(), late.reports]).toEqual([[], []]);
});

test('an edit that may not have arrived is no try, since a second one does no harm', async () => {
  const { slack, send, reports } = await sending();
  slack.answer('chat.update', () => ({ status: 500 }));
  await send({ ...row, posted });
  expect(reports).toMatchObject([{ kind: 'ambiguous', counts: false }]);
});

test('a post that may have arrived is a try, and each comes later than the one before', async () => {
  const { slack, send, reports } = await sending();
  slack.answer('chat.postMessage', () => ({ status: 500 }));
  for (const attempts of [1, 2, 3, 12]) await send({ ...row, attempts });
  expect(reports).toMatchObject([2_000, 4_000, 8_000, 600_000].map((retryIn) => ({ retryIn })));
  expect(reports.filter((sent) => sent.kind !== 'ambiguous' || 'counts' in sent)).toEqual([]);
});

test('a message that may have arrived stays in doubt while nobody can look', async () => {
  const { slack, send, reports, methods } = await sending();
  slack.answer('conversations.history', () => ({ ok: false, error: 'token_revoked' }));
  await send({ ...row, ambiguous: true });
  expect(methods()).toEqual(['conversations.history']);
  expect(reports).toMatchObject([{ kind: 'ambiguous', retryIn: 60_000, counts: false }]);
});

test('a message that was found is not posted, and counts as showing what it showed before', async () => {
  const { slack, send, reports, methods } = await sending();
  const metadata = { event_type: 'gatehouse', event_payload: { outbox: '17', subject: 'R1' } };
  slack.answer('conversations.history', () => ({ messages: [{ ts: '1.5', metadata }] }));
  await send({ ...row, ambiguous: true });
  expect(methods()).toEqual(['conversations.history']);
  expect(reports).toEqual([{ kind: 'shown', version: 0, posted: { channel: 'C1', ts: '1.5' } }]);
});

test('a report that cannot be made is logged', async () => {
  const report = async () => {
    throw new Error('the database is closed');
  };
  const { send, log } = await sending({
    outbox: { ...memoryOutbox(stillClock()), report },
  });
  await send();
  expect(log.lines).toMatchObject([{ level: 'error', fields: { why: 'the database is closed' } }]);
});

test('the call that a row was handed out with is given back when Slack was not asked', async () => {
  const { send, unused, clock } = await sending();
  await send();
  await send({ ...row, id: '18', to: 'C2', waits: 60_000 });
  await send({ ...row, posted, waits: 60_000 });
  clock.pass(2_000);
  await send({ ...row, posted });
  expect(unused).toEqual([undefined, 'chat.postMessage', 'chat.update', undefined]);
});
