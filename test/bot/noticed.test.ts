import { describe, expect, onTestFinished, test } from 'vitest';
import { holdMarks } from '../../src/bot/marks/held-marks.ts';
import { meaningOf } from '../../src/bot/receiving/asked.ts';
import { readBody } from '../../src/bot/receiving/body.ts';
import { createDeliveries } from '../../src/bot/receiving/deliveries.ts';
import { createDispatcher } from '../../src/bot/receiving/dispatcher.ts';
import { watchLeftBehind } from '../../src/bot/receiving/left-behind.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Intake } from '../../src/core/intake.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import type { Noticed } from '../../src/handlers/marks/noticed.ts';
import { memoryIntake } from '../../src/store/memory/memory-intake.ts';
import { intakeThat } from '../support/intake-that.ts';
import { recordingLog } from './recording-log.ts';
import * as samples from './samples.ts';
import { tinyDesk } from './start-bot.ts';

const bodyOf = (inner: object, more: object = {}) => {
  const read = readBody({ ...samples.event(inner), ...more });
  if (!read.ok || read.value.kind !== 'body') throw new Error(JSON.stringify(read));
  return read.value.body;
};
const noticedIn = (inner: object): Noticed | string => {
  const meaning = meaningOf(bodyOf(inner), 'UBOT');
  return meaning.kind === 'noticed' ? meaning.noticed : meaning.kind;
};

const item = { type: 'message', channel: 'C1', ts: '1.1' };
const reaction = { type: 'reaction_added', user: 'U1', reaction: 'pushpin', item };
const pin = { type: 'pin_added', user: 'U1', channel_id: 'C1', item: { message: { ts: '1.1' } } };
const message = { type: 'message', channel: 'C1', channel_type: 'channel', ts: '2.2' };
const edit = {
  ...message,
  subtype: 'message_changed',
  message: { ts: '1.1', text: 'b' },
  previous_message: { ts: '1.1', text: 'a' },
};
const marked = { kind: 'marked', channel: 'C1', ts: '1.1', asker: { id: 'U1', team: 'T1' } };

describe('what is noticed', () => {
  test.each([
    ['a reaction', reaction, { ...marked, how: 'reaction' }],
    ['one taken away', { ...reaction, type: 'reaction_removed' }, { ...marked, how: 'reaction' }],
    [
      'one with a skin tone',
      { ...reaction, reaction: 'memo::skin-tone-2' },
      { ...marked, how: 'reaction' },
    ],
    ['a pin', pin, { ...marked, how: 'pin' }],
    ['a pin taken away', { ...pin, type: 'pin_removed' }, { ...marked, how: 'pin' }],
    [
      'an edit',
      {
        ...message,
        subtype: 'message_changed',
        message: { ts: '1.1', text: 'b' },
        previous_message: { ts: '1.1', text: 'a' },
      },
      { kind: 'edited', channel: 'C1', ts: '1.1' },
    ],
    [
      'a deletion',
      {
        ...message,
        subtype: 'message_deleted',
        deleted_ts: '1.1',
        previous_message: { ts: '1.1', text: 'a' },
      },
      { kind: 'edited', channel: 'C1', ts: '1.1' },
    ],
    [
      'what somebody says',
      { ...message, user: 'U1', text: 'x' },
      { kind: 'spoke', channel: 'C1', by: 'U1' },
    ],
  ])('%s', (_what, inner, noticed) => {
    expect(noticedIn(inner)).toEqual(noticed);
  });

  test.each([
    ['another reaction', { ...reaction, reaction: 'tada' }],
    ['a reaction to a file', { ...reaction, item: { type: 'file', file: 'F1' } }],
    ['what the bot itself pins', { ...pin, user: 'UBOT' }],
    ['what the bot itself says', { ...message, user: 'UBOT', text: 'x' }],
    ['what an app says', { ...message, user: 'U1', bot_id: 'B1', text: 'x' }],
    ['that somebody joined', { ...message, user: 'U1', subtype: 'channel_join', text: 'x' }],
    [
      'a preview that was added to a message',
      {
        ...message,
        subtype: 'message_changed',
        message: { ts: '1.1', text: 'a' },
        previous_message: { ts: '1.1', text: 'a' },
      },
    ],
    [
      'that the bot has edited its card',
      {
        ...message,
        subtype: 'message_changed',
        message: { ts: '1.1', text: 'b', bot_id: 'B1' },
        previous_message: { ts: '1.1', text: 'a', bot_id: 'B1' },
      },
    ],
  ])('but not %s', (_what, inner) => {
    expect(noticedIn(inner)).toBe('nothing');
  });
});

function dispatching(
  intake: Intake,
  notice: (noticed: Noticed) => Promise<void>,
  clock: Pick<Clock, 'monotonic'> = { monotonic: () => 0 },
) {
  const log = recordingLog();
  const order: string[] = [];
  const marks = holdMarks({
    notice,
    direct: (asker) => ({ say: async ({ text }) => void order.push(`${asker.id}: ${text}`) }),
    clock,
    log,
    pauses: { first: 1, longest: 2 },
  });
  onTestFinished(() => marks.stop(0));
  const dispatcher = createDispatcher({
    marks,
    desk: { ...tinyDesk(), notice },
    deliveries: createDeliveries({ intake, log, patience: 30 }),
    answer: () => {
      throw new Error('nobody asked');
    },
    forget: () => {},
    botUser: () => 'UBOT',
    faultCode: () => 'f4u17',
    redactor: createRedactor(),
    meter: { delivered: () => {}, acknowledged: () => {} },
    clock: { monotonic: () => 0 },
    log,
  });
  const deliver = (inner: object, more: object = {}) =>
    dispatcher.deliver(bodyOf(inner, more), async () => void order.push('acknowledged'));
  return { deliver, order, marks };
}

describe('a mark on a message', () => {
  test('is written down before it is acknowledged, and done after that; a copy is not', async () => {
    const { deliver, order } = dispatching(
      intakeThat({
        record: async ({ request }) => {
          order.push(`recorded ${request?.includes('marked')}`);
          return 'new';
        },
      }),
      async () => void order.push('done'),
    );
    const copy = { event_id: 'Ev-same' };
    await deliver(reaction, copy);
    expect(order).toEqual(['recorded true', 'acknowledged', 'done']);
    await deliver(reaction, copy);
    expect(order.slice(3)).toEqual(['acknowledged']);
  });

  test('of a dead process is done by the next, and again after a failure', async () => {
    let now = 0;
    const intake = memoryIntake({ now: () => now });
    const { deliver, order } = dispatching(intake, () => new Promise(() => {}));
    void deliver(pin);
    await expect.poll(() => order).toEqual(['acknowledged']);
    now = 60_000;
    const done: Noticed[] = [];
    const watch = watchLeftBehind({
      intake,
      log: recordingLog(),
      hold: async () => {},
      direct: () => ({ say: () => Promise.reject(new Error('nobody is told')) }),
      desk: {
        tellLeftBehind: () => Promise.reject(new Error('nobody is told')),
        notice: async (noticed) => {
          done.push(noticed);
          if (done.length === 1) throw new Error('Slack is away');
        },
      },
    });
    watch.start();
    await expect.poll(() => done.length).toBe(1);
    await watch.stop(1_000);
    now = 120_000;
    watch.start();
    await expect.poll(() => done.length).toBe(2);
    await watch.stop(1_000);
    expect(done[1]).toEqual({ ...marked, how: 'pin' });
    now = 180_000;
    expect(await intake.takeUp(10)).toEqual([]);
  });

  const away = intakeThat({ record: () => Promise.reject(new Error('the database is away')) });

  test('that could not be written down is acknowledged, and done as soon as it can be', async () => {
    let tried = 0;
    const { deliver, order } = dispatching(away, async (noticed) => {
      tried += 1;
      if (tried < 4) throw new Error('the database is away');
      order.push(`done ${noticed.kind}`);
    });
    await deliver(reaction);
    await expect.poll(() => order).toEqual(['acknowledged', 'done marked']);
    await deliver({ ...reaction, item: { ...item, ts: '2.2' } });
    await expect.poll(() => order.at(-1)).toBe('done marked');
    expect(tried).toBe(5);
  });

  test('of which nobody could keep anything for ten minutes is told to who put it there, once for all of theirs', async () => {
    let now = 0;
    const monotonic = () => now;
    const never = () => Promise.reject(new Error('the database is away'));
    const { deliver, order } = dispatching(away, never, { monotonic });
    await deliver(reaction);
    await deliver({ ...pin, item: { message: { ts: '2.2' } } }, { event_id: 'Ev-2' });
    await deliver({ ...reaction, user: 'U2', item: { ...item, ts: '3.3' } }, { event_id: 'Ev-3' });
    await deliver(edit, { event_id: 'Ev-4' });
    now = 599_999;
    const before = order.length;
    now = 600_000;
    await expect.poll(() => order.length).toBe(before + 2);
    expect(order.slice(before)).toEqual([
      expect.stringMatching(/^U1: Messages that you marked are not on the timeline/),
      expect.stringMatching(/^U2: A message that you marked is not on the timeline/),
    ]);
  });

  test('that is left when the process stops is told to who put it there', async () => {
    const never = () => Promise.reject(new Error('the database is away'));
    const { deliver, order, marks } = dispatching(away, never);
    await deliver(reaction);
    await marks.stop(1_000);
    expect(order.at(-1)).toMatch(/^U1: A message that you marked is not on the timeline/);
    await marks.stop(1_000);
    expect(order).toHaveLength(2);
  });

  test('that nobody can handle holds up no other', async () => {
    const { deliver, order } = dispatching(away, async (noticed) => {
      if (noticed.kind === 'marked' && noticed.ts === '1.1') throw new Error('Slack refuses');
      order.push('done');
    });
    await deliver(reaction);
    await deliver({ ...reaction, item: { ...item, ts: '2.2' } }, { event_id: 'Ev-2' });
    await expect.poll(() => order.at(-1)).toBe('done');
  });

  test('nothing is written down of what somebody says', async () => {
    const { deliver } = dispatching(
      intakeThat({ record: () => Promise.reject(new Error('it was written down')) }),
      async () => {},
    );
    await deliver({ ...message, user: 'U1', text: 'x' });
  });
});
