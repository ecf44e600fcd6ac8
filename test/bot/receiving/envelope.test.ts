import { App } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slackLogger } from '../../../src/bot/calling/slack-logger.ts';
import { acknowledgeOnce } from '../../../src/bot/receiving/acknowledgement.ts';
import { meaningOf } from '../../../src/bot/receiving/asked.ts';
import { readBody } from '../../../src/bot/receiving/body.ts';
import { readEnvelope } from '../../../src/bot/receiving/envelope.ts';
import { throughBolt } from '../../../src/bot/receiving/through-bolt.ts';
import { memoryIntake } from '../../../src/store/memory/memory-intake.ts';
import { recordingLog } from '../recording-log.ts';
import * as samples from '../samples.ts';

const everything: object[] = [
  samples.command('status'),
  samples.click({ value: 'status' }),
  samples.click({ type: 'static_select', selected_option: { value: 'a', text: {} } }),
  samples.submission({ block: { field: { type: 'plain_text_input', value: 'x' } } }),
  samples.submission({}, { type: 'view_closed', is_cleared: false }),
  samples.mention('<@UBOT> status'),
  samples.event({ type: 'app_home_opened', user: 'U1', tab: 'home', channel: 'D1' }),
  samples.event({ type: 'user_change', user: { id: 'U1', team_id: 'T1', deleted: true } }),
  samples.event({ type: 'subteam_updated', subteam: { id: 'S1', created_by: 'U1' } }),
  samples.event({ type: 'subteam_members_changed', subteam_id: 'S1' }),
  samples.shortcut(),
  samples.messageShortcut('redis-cli FLUSHALL'),
];

const read = (frame: unknown) => readEnvelope(JSON.stringify(frame));

describe('the frames of Socket Mode', () => {
  test.each(everything)('a delivery is read: %o', (payload) => {
    const frame = samples.frame('interactive', payload);
    expect(read(frame)).toMatchObject({
      ok: true,
      value: { kind: 'delivery', id: frame.envelope_id },
    });
  });

  test('hello and disconnect are read', () => {
    expect(read({ type: 'hello', num_connections: 2, connection_info: {} })).toEqual({
      ok: true,
      value: { kind: 'hello', connections: 2 },
    });
    expect(read({ type: 'disconnect', reason: 'warning', debug_info: {} })).toEqual({
      ok: true,
      value: { kind: 'disconnect', reason: 'warning' },
    });
  });

  test('what is known to be none of the bot’s business is only acknowledged', () => {
    const rateLimited = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1 };
    const ignored = [
      samples.frame('events_api', rateLimited),
      samples.frame('events_api', samples.event({ type: 'reaction_added', item: 3 })),
      samples.frame('interactive', { type: 'block_suggestion', value: 'x' }),
      samples.frame('workflow_step', {}),
    ];
    for (const frame of ignored) {
      expect(read(frame)).toMatchObject({ ok: true, value: { kind: 'ignored' } });
    }
  });

  test('a broken delivery is acknowledged, and the reason names the field', () => {
    const { trigger_id: _, ...broken } = samples.command('status') as Record<string, unknown>;
    const frame = samples.frame('slash_commands', broken);
    expect(read(frame)).toMatchObject({
      value: { kind: 'ignored', what: expect.stringContaining('trigger_id') },
    });
  });

  test.each(['', 'U 1', 'U1\n', 'U1\u0000', 'Ü1', '\ud800', 'U'.repeat(256)])(
    'an id that Slack would not make is no id: %j',
    (id) => {
      const frame = samples.frame('slash_commands', { ...samples.command('status'), user_id: id });
      expect(read(frame)).toMatchObject({
        value: { kind: 'ignored', what: expect.stringContaining('user_id') },
      });
    },
  );

  test.each(['', 'null', '[]', '{}', '"x"', '{"type":1}', '{"type":"hello"', 'not JSON'])(
    'garbage is no envelope: %s',
    (text) => {
      expect(readEnvelope(text).ok).toBe(false);
    },
  );
});

/** Slack's payloads with pieces of them replaced by anything. */
const json = fc.jsonValue({ maxDepth: 3 });
const damaged = fc
  .tuple(fc.constantFrom(...everything), fc.array(fc.tuple(fc.nat(), json), { maxLength: 4 }))
  .map(([payload, damages]) => damages.reduce<unknown>(damage, structuredClone(payload)));

function damage(value: unknown, [where, piece]: [number, unknown]): unknown {
  if (typeof value !== 'object' || value === null || where % 5 === 0) return piece;
  const keys = Object.keys(value);
  const key = keys[where % Math.max(keys.length, 1)] ?? 'type';
  const inner = (value as Record<string, unknown>)[key];
  return { ...value, [key]: damage(inner, [Math.floor(where / 5), piece]) };
}

describe('anything at all', () => {
  test('is read or turned down, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        readBody(input);
        readEnvelope(input);
      }),
      { numRuns: 20_000 },
    );
  });

  test('is read or turned down when it looks like a frame, and what is read can be recorded', async () => {
    const { record } = memoryIntake();
    const types = fc.constantFrom('events_api', 'interactive', 'slash_commands', 'hello', '');
    const frame = fc.record({ type: types, envelope_id: fc.string(), payload: damaged });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          frame.map((one) => JSON.stringify(one)),
        ),
        async (text) => {
          const envelope = readEnvelope(text);
          if (!envelope.ok || envelope.value.kind !== 'delivery') return;
          const meaning = meaningOf(envelope.value.body, 'UBOT');
          if (meaning.kind === 'asked') await record(meaning.delivery);
        },
      ),
      { numRuns: 30_000 },
    );
  });

  test('that is read is one that Bolt takes', async () => {
    const log = recordingLog();
    const receiver = { init: () => {}, start: async () => {}, stop: async () => {} };
    const authorize = async () => ({});
    const logger = slackLogger(log);
    const app = new App({ receiver, authorize, logger, ignoreSelf: false, convoStore: false });
    let arrived = 0;
    app.use(async () => {
      arrived += 1;
    });
    const deliver = throughBolt(app, log);
    const acknowledge = () =>
      acknowledgeOnce(
        async () => {},
        () => {},
      );
    let given = 0;
    await fc.assert(
      fc.asyncProperty(damaged, async (payload) => {
        const body = readBody(payload);
        if (!body.ok || body.value.kind !== 'body') return;
        given += 1;
        await deliver(body.value.body, acknowledge());
      }),
      { numRuns: 5_000 },
    );
    expect(log.lines).toEqual([]);
    expect(arrived).toBe(given);
    expect(given).toBeGreaterThan(500);
  });
});
