import { describe, expect, test } from 'vitest';
import type { Acknowledge, AckPayload } from '../../../src/bot/receiving/acknowledgement.ts';
import { readBody } from '../../../src/bot/receiving/body.ts';
import { createDeliveries } from '../../../src/bot/receiving/deliveries.ts';
import { createDispatcher } from '../../../src/bot/receiving/dispatcher.ts';
import type { Route } from '../../../src/bot/receiving/meaning.ts';
import type { Delivery, Intake } from '../../../src/core/intake.ts';
import { createRedactor } from '../../../src/core/redactor.ts';
import type { Answer, Asked } from '../../../src/handlers/desk.ts';
import { memoryIntake } from '../../../src/store/memory/memory-intake.ts';
import { intakeThat } from '../../support/intake-that.ts';
import { recordingLog } from '../recording-log.ts';
import * as samples from '../samples.ts';
import { tinyDesk } from '../start-bot.ts';

interface Given {
  handle?: (asked: Asked, answer: Answer) => Promise<void>;
  changes?: (asked: Asked) => boolean;
  intake?: Intake;
  say?: Answer['say'];
  opening?: boolean;
}

function dispatching({
  handle,
  changes,
  intake = memoryIntake(),
  opening = false,
  say = async () => {},
}: Given = {}) {
  const desk = tinyDesk(handle, changes);
  const log = recordingLog();
  const said: string[] = [];
  const counted: string[] = [];
  const forgotten: string[] = [];
  const origins: (string | undefined)[] = [];
  const acks: (AckPayload | undefined)[] = [];
  const dispatcher = createDispatcher({
    desk: {
      ...desk,
      handle: (one, answer, origin) => {
        origins.push(origin);
        return desk.handle(one, answer);
      },
    },
    marks: { keep() {} },
    deliveries: createDeliveries({ intake, log, patience: 30 }),
    opening: () => opening,
    answer: (_asked: Asked, _route: Route) => ({
      say: (message) => {
        said.push(message.text);
        return say(message);
      },
      attach: async () => {},
      replace: async () => {},
      open: async () => {},
      home: async () => {},
    }),
    forget: (what, id) => void forgotten.push(`${what} ${id}`),
    botUser: () => 'UBOT',
    faultCode: () => 'f4u17',
    redactor: createRedactor(),
    meter: {
      delivered: (kind, outcome) => void counted.push(`${kind} ${outcome}`),
      acknowledged: () => {},
    },
    clock: { monotonic: () => 0 },
    log,
  });
  const acknowledge: Acknowledge = async (payload) => void acks.push(payload);
  const deliver = (payload: object) => {
    const read = readBody(payload);
    if (!read.ok || read.value.kind !== 'body') throw new Error('not a delivery');
    return dispatcher.deliver(read.value.body, acknowledge);
  };
  return { desk, origins, log, said, counted, forgotten, acks, deliver, dispatcher };
}

const never = () => new Promise<never>(() => {});
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('acknowledging', () => {
  test('comes before the desk is asked, and does not wait for it', async () => {
    const order: string[] = [];
    const { deliver, acks, desk } = dispatching({
      handle: () => {
        order.push(`asked after ${acks.length} acknowledgement`);
        return never();
      },
    });
    void deliver(samples.command('status'));
    await soon();
    expect(order).toEqual(['asked after 1 acknowledgement']);
    expect(acks).toEqual([undefined]);
    expect(desk.asked).toHaveLength(1);
  });

  test('of what only reads does not wait for a database that hangs', async () => {
    const { deliver, acks, desk } = dispatching({ intake: intakeThat({ record: never }) });
    await deliver(samples.command('status'));
    expect(acks).toEqual([undefined]);
    expect(desk.asked).toHaveLength(1);
  });

  test('of what may change something comes after its row', async () => {
    const order: string[] = [];
    const { deliver } = dispatching({
      changes: () => true,
      handle: async () => void order.push('asked'),
      intake: intakeThat({
        record: async () => {
          order.push('recorded');
          return 'new';
        },
      }),
    });
    await deliver(samples.command('restart x'));
    expect(order).toEqual(['recorded', 'asked']);
  });

  test('a copy does nothing else', async () => {
    const { deliver, acks, desk, counted } = dispatching({ changes: () => true });
    const payload = samples.command('restart x');
    await deliver(payload);
    await deliver(structuredClone(payload));
    expect(acks).toEqual([undefined, undefined]);
    expect(desk.asked).toHaveLength(1);
    expect(counted).toEqual(['command new', 'command copy']);
  });

  test('changes about people are passed on', async () => {
    const { deliver, acks, forgotten } = dispatching();
    await deliver(samples.event({ type: 'user_change', user: { id: 'U1' } }));
    await deliver(samples.event({ type: 'subteam_members_changed', subteam_id: 'S1' }));
    await deliver(samples.submission({}, { type: 'view_closed' }));
    expect(forgotten).toEqual(['person U1', 'group S1']);
    expect(acks).toHaveLength(3);
  });
});

describe('what could not be recorded', () => {
  const hung = { changes: () => true, intake: intakeThat({ record: never }) };
  const sentence = expect.stringContaining('not recorded, so nothing will happen');

  test('is said in the acknowledgement of a command, and the desk is never asked', async () => {
    const { deliver, acks, desk, counted } = dispatching(hung);
    await deliver(samples.command('restart x'));
    expect(acks).toEqual([
      { response_type: 'ephemeral', text: sentence, blocks: [expect.anything()] },
    ]);
    expect(desk.asked).toEqual([]);
    expect(counted).toEqual(['command not-recorded']);
  });

  test('says that Gatehouse has only just started while its database still opens', async () => {
    const { deliver, acks, counted } = dispatching({ ...hung, opening: true });
    await deliver(samples.command('restart x'));
    expect(JSON.stringify(acks)).toMatch(
      /not recorded, so nothing will happen: Gatehouse has just started/,
    );
    expect(counted).toEqual(['command not-recorded']);
  });

  test('keeps a form open with what was typed', async () => {
    const { deliver, acks } = dispatching(hung);
    await deliver(samples.submission({ reason: { text: { value: 'because' } } }));
    expect(acks).toEqual([{ response_action: 'errors', errors: { reason: sentence } }]);
  });

  test('replaces a form that has no fields', async () => {
    const { deliver, acks } = dispatching(hung);
    await deliver(samples.submission({}));
    expect(acks).toMatchObject([{ response_action: 'update', view: { type: 'modal' } }]);
  });

  test.each([
    ['a click', () => samples.click({ value: 'restart x' })],
    ['a mention', () => samples.mention('<@UBOT> restart x')],
    ['a shortcut', () => samples.messageShortcut('x')],
  ])('is said after %s', async (_what, doing) => {
    const { deliver, acks, said, desk } = dispatching(hung);
    await deliver(doing());
    expect(acks).toEqual([undefined]);
    expect(said).toEqual([sentence]);
    expect(desk.asked).toEqual([]);
  });

  test('stays without effect when its row lands late', async () => {
    let land: (outcome: 'new') => void = () => {};
    const record = () => new Promise<'new'>((resolve) => (land = resolve));
    const { deliver, desk } = dispatching({ changes: () => true, intake: intakeThat({ record }) });
    await deliver(samples.command('restart x'));
    land('new');
    await soon();
    expect(desk.asked).toEqual([]);
  });

  test('is also what cannot be judged', async () => {
    const { deliver, desk, counted } = dispatching({
      changes: () => {
        throw new Error('no idea');
      },
      intake: intakeThat({ record: never }),
    });
    await deliver(samples.command('???'));
    expect(desk.asked).toEqual([]);
    expect(counted).toEqual(['command not-recorded']);
  });

  test('is logged when not even that can be said', async () => {
    const { deliver, log } = dispatching({ ...hung, say: () => Promise.reject(new Error('x')) });
    await deliver(samples.click({}));
    expect(log.lines.map(({ message }) => message)).toContain(
      'Could not say that nothing will happen',
    );
  });
});

describe('a fault', () => {
  const handle = () => Promise.reject(new Error('boom'));

  test('is told to the person with its code, and logged with the error', async () => {
    const { deliver, said, log, counted } = dispatching({ handle });
    await deliver(samples.command('status'));
    expect(said).toEqual([expect.stringContaining('`f4u17`')]);
    expect(log.lines).toMatchObject([
      { level: 'error', fields: { fault: 'f4u17', actor: 'T1:U1', err: { message: 'boom' } } },
    ]);
    expect(counted).toEqual(['command new', 'command fault']);
  });

  test('is caught when it is thrown at once, and when nobody can be told of it', async () => {
    const { deliver, log } = dispatching({
      handle: () => {
        throw new Error('boom');
      },
      say: () => Promise.reject(new Error('Slack is down')),
    });
    await deliver(samples.command('status'));
    expect(log.lines.map(({ level }) => level)).toEqual(['error', 'warn']);
  });
});

describe('stopping', () => {
  test('takes nothing more, and says so', async () => {
    const { deliver, acks, desk, dispatcher } = dispatching();
    dispatcher.stopTaking();
    await deliver(samples.command('status'));
    expect(acks).toMatchObject([{ text: expect.stringContaining('being restarted') }]);
    expect(desk.asked).toEqual([]);
  });

  test('waits for what has begun, and gives up in time', async () => {
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const { deliver, dispatcher } = dispatching({ handle: () => finished });
    void deliver(samples.command('status'));
    expect(await dispatcher.idle(10)).toBe(1);
    const idle = dispatcher.idle(10_000);
    finish();
    expect(await idle).toBe(0);
  });
});

describe('what was asked', () => {
  const settling = () => {
    const settled: string[] = [];
    const rows: Delivery[] = [];
    const intake = intakeThat({
      record: async (delivery) => {
        rows.push(delivery);
        return 'new';
      },
      settle: async (keys) => void settled.push(...keys),
    });
    return { settled, rows, intake };
  };
  const restart = () => samples.command('restart x --reason "xoxb-123456789012-abcdefghijkl"');

  test('is written down with a change before it is acknowledged, without secrets and addresses', async () => {
    const { rows, intake } = settling();
    const { deliver } = dispatching({ intake, changes: () => true });
    await deliver(restart());
    expect(JSON.parse(rows[0]?.request ?? '')).toMatchObject({
      whole: false,
      asked: { kind: 'command' },
    });
    expect(JSON.stringify(rows)).toContain('restart x');
    expect(JSON.stringify(rows)).not.toMatch(/xoxb-1|https?:/);
  });

  test('is not written down with what only reads', async () => {
    const { rows, intake } = settling();
    await dispatching({ intake }).deliver(samples.command('status'));
    expect(rows).toMatchObject([{ kind: 'command' }]);
    expect(rows[0]).not.toHaveProperty('request');
  });

  test('reaches the desk with a key of its own, and is settled when that is done', async () => {
    const { rows, settled, intake } = settling();
    const finished = Promise.withResolvers<void>();
    const { deliver, origins } = dispatching({
      intake,
      changes: () => true,
      handle: () => finished.promise,
    });
    const delivering = deliver(restart());
    await later();
    expect(settled).toEqual([]);
    finished.resolve();
    await delivering;
    await later();
    expect(origins).toEqual([rows[0]?.key]);
    expect(settled).toEqual(origins);
  });

  test.each([
    ['could be told', async () => {}, 1],
    ['could not be told', () => Promise.reject(new Error('Slack is down')), 0],
  ])('and broke off is settled only when the person %s', async (_, say, count) => {
    const { settled, intake } = settling();
    const handle = () => Promise.reject(new Error('boom'));
    const { deliver } = dispatching({ intake, changes: () => true, handle, say });
    await deliver(restart());
    await later();
    expect(settled).toHaveLength(count);
  });
});

/** After what is done was noted. */
const later = () => new Promise((resolve) => setTimeout(resolve, 100));
