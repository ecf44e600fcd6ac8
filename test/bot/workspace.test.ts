import { describe, expect, onTestFinished, test } from 'vitest';
import { type Bot, type BotOptions, createBot } from '../../src/bot/bot.ts';
import { createDirectory } from '../../src/bot/people/directory.ts';
import { createHttpReceiver } from '../../src/bot/receiving/http-receiver.ts';
import { createSocketReceiver } from '../../src/bot/receiving/socket-receiver.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Answer, Asked } from '../../src/handlers/desk.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { startWeb } from '../../src/web/server.ts';
import { channels, directMessage, groups, people, team } from '../../workspace/people.ts';
import { freePort } from '../support/free-port.ts';
import { intakeThat } from '../support/intake-that.ts';
import { patience } from '../support/patience.ts';
import { type LocalSlack, startLocalSlack, tokens } from './local-slack.ts';
import { recordingLog } from './recording-log.ts';
import { botOptions, clientOf, tinyDesk } from './start-bot.ts';
import { until } from './tiny-slack.ts';

const channel = channels.authOps;
const as = people.onCall1;

/** Starts a bot over Socket Mode on that workspace, and waits until it is connected. */
async function join(slack: LocalSlack, given: Partial<BotOptions> = {}): Promise<Bot> {
  const client = clientOf(slack.apiUrl, patience, tokens.bot);
  const log = recordingLog();
  const receiver = createSocketReceiver({
    client: { appToken: tokens.app, clientOptions: client.options },
    lines: 2,
    shared: false,
    log,
    random: () => 0,
  });
  const bot = createBot(
    botOptions(slack.apiUrl, { client, log, receiver, team: team.id, ...given }),
  );
  onTestFinished(async () => void (await bot.stop(0)));
  await bot.start();
  await until(() => bot.ready().ok);
  return bot;
}

/** Starts a workspace that sends signed requests, and a bot that takes them. */
async function joinOverHttp(
  given: Partial<BotOptions> = {},
  prepare?: (slack: LocalSlack) => Promise<void>,
) {
  const port = await freePort();
  const slack = await startLocalSlack({ requestUrl: `http://127.0.0.1:${port}/slack/events` });
  await prepare?.(slack);
  const receiver = createHttpReceiver({
    signingSecret: new Secret(tokens.signingSecret),
    clock: { now: () => Date.now() },
    log: recordingLog(),
  });
  const web = await startWeb({
    port,
    checks: {},
    metrics: createMetrics(),
    slack: receiver.listener,
  });
  onTestFinished(() => web.close());
  const client = clientOf(slack.apiUrl, patience, tokens.bot);
  const bot = createBot(botOptions(slack.apiUrl, { client, receiver, team: team.id, ...given }));
  onTestFinished(async () => void (await bot.stop(0)));
  await bot.start();
  return slack;
}

const type = (slack: LocalSlack, text = '/auth status', more: object = {}) =>
  slack.control('type', { as, channel, text, ...more });

const failed = (outcomes: { ok: boolean }[]) => outcomes.filter(({ ok }) => !ok);

/** Types so many commands, fifty at a time. */
async function typeMany(slack: LocalSlack, many: number) {
  const outcomes: Awaited<ReturnType<typeof type>>[] = [];
  while (outcomes.length < many) {
    outcomes.push(...(await Promise.all(Array.from({ length: 50 }, () => type(slack)))));
  }
  return outcomes;
}

const texts = async (slack: LocalSlack, who: string = as) =>
  (await slack.control('look', { as: who })).snapshot.messages.map(({ text }) => text);

describe('nothing is lost', () => {
  test.each([
    ['asks for a connection to be replaced', { do: 'refresh' }],
    ['warns every connection', { do: 'warning', all: true }],
  ] as const)('of 200 commands while Slack %s', async (_what, doing) => {
    const slack = await startLocalSlack();
    const desk = tinyDesk();
    await join(slack, { desk });
    const typing = typeMany(slack, 200);
    await until(() => desk.asked.length > 0);
    await slack.control('sockets', doing);
    expect(failed(await typing)).toEqual([]);
    expect(desk.asked).toHaveLength(200);
    const { snapshot } = await slack.control('look', { as });
    expect(snapshot.app.sockets).toBeGreaterThan(2);
  });

  test('of 1,000 commands over HTTP when Slack’s API hangs from before the start', async () => {
    const desk = tinyDesk((_asked, answer) => answer.say({ text: 'x', blocks: [] }));
    const hang = async (slack: LocalSlack) => void (await slack.control('faults', { hang: true }));
    const slack = await joinOverHttp({ desk }, hang);
    expect(failed(await typeMany(slack, 1_000))).toEqual([]);
    expect(desk.asked).toHaveLength(1_000);
  });

  test('of 1,000 commands over sockets when Slack’s API and the database hang', async () => {
    const slack = await startLocalSlack();
    const desk = tinyDesk((_asked, answer) => answer.say({ text: 'x', blocks: [] }));
    await join(slack, { desk, intake: intakeThat({ record: () => new Promise(() => {}) }) });
    await slack.control('faults', { hang: true });
    expect(failed(await typeMany(slack, 1_000))).toEqual([]);
    expect(desk.asked).toHaveLength(1_000);
  });
});

describe('nothing is done twice', () => {
  test('when Slack delivers everything three times', async () => {
    const slack = await startLocalSlack();
    const desk = tinyDesk(undefined, ({ kind }) => kind === 'command');
    await join(slack, { desk });
    await slack.control('faults', { copies: 3 });
    await type(slack);
    await type(slack, '<@gatehouse> status');
    await slack.control('openHome', { as });
    await slack.control('shortcut', { as, callbackId: 'check-services' });
    await until(() => desk.asked.length >= 3);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const kinds = desk.asked.map(({ kind }) => kind);
    expect(kinds).toEqual([...new Set(kinds)]);
  });

  test('when a signed request is replayed, and what is signed badly is refused', async () => {
    const desk = tinyDesk();
    const slack = await joinOverHttp({ desk });
    await type(slack);
    const answers = await Promise.all(
      (['bad-signature', 'stale', 'future', 'replay'] as const).map(async (how) => {
        const { status } = await slack.control('resend', { how });
        return [how, status];
      }),
    );
    expect(Object.fromEntries(answers)).toEqual({
      'bad-signature': 401,
      stale: 401,
      future: 401,
      replay: 200,
    });
    expect(desk.asked).toHaveLength(1);
  });
});

describe('what the person sees', () => {
  test('an answer of their own', async () => {
    const slack = await startLocalSlack();
    const desk = tinyDesk((_asked, answer) => answer.say({ text: 'all is well', blocks: [] }));
    await join(slack, { desk });
    expect(await type(slack)).toMatchObject({ ok: true, error: null });
    await until(() => desk.asked.length === 1);
    await expect.poll(() => texts(slack)).toContain('all is well');
    expect(await texts(slack, people.onCall2)).not.toContain('all is well');
  });

  test('that nothing will happen, when a change could not be recorded', async () => {
    const slack = await startLocalSlack();
    const desk = tinyDesk(undefined, () => true);
    await join(slack, { desk, intake: intakeThat({ record: () => new Promise(() => {}) }) });
    expect((await type(slack, '/auth restart x')).ok).toBe(true);
    expect(await texts(slack)).toEqual([expect.stringContaining('nothing will happen')]);
    expect(desk.asked).toEqual([]);
  });

  test('one sentence with a code, when something breaks', async () => {
    const slack = await startLocalSlack();
    await join(slack, { desk: tinyDesk(() => Promise.reject(new Error('boom'))) });
    await type(slack);
    await expect.poll(() => texts(slack)).toEqual([expect.stringContaining('`F-TEST`')]);
  });

  test('an answer in the thread of a mention', async () => {
    const slack = await startLocalSlack();
    await join(slack, {
      desk: tinyDesk((asked, answer) => answer.say({ text: `on ${show(asked)}`, blocks: [] })),
    });
    await type(slack, '@gatehouse status');
    await expect.poll(() => texts(slack)).toContain('on status');
    const { snapshot } = await slack.control('look', { as });
    const [question, answer] = snapshot.messages;
    expect(answer?.threadTs).toBe(question?.ts);
  });

  test('a file in their direct messages', async () => {
    const slack = await startLocalSlack();
    const file = { name: 'auth.log', content: 'ü line\n', comment: 'the rest of the log' };
    await join(slack, { desk: tinyDesk((_asked, answer) => answer.attach(file)) });
    await type(slack);
    await expect.poll(() => texts(slack)).toContain('the rest of the log');
    const { snapshot } = await slack.control('look', { as });
    const posted = snapshot.messages.find(({ files }) => files.length > 0);
    expect(posted?.channel).toBe(directMessage(as));
    const sent = await fetch(`${slack.url}${posted?.files[0]?.url}`);
    expect(await sent.text()).toBe('ü line\n');
  });

  test('a form, what it says when it was not recorded, and the Home tab', async () => {
    const slack = await startLocalSlack();
    const handle = async (asked: Asked, answer: Answer) => {
      if (asked.kind === 'home') return answer.home({ type: 'home', blocks: [field] });
      const title = { type: 'plain_text' as const, text: 'Ask' };
      const submit = { type: 'plain_text' as const, text: 'Go' };
      await answer.open({ type: 'modal', callback_id: 'ask', title, submit, blocks: [field] });
    };
    const changes = ({ kind }: Asked) => kind === 'submission';
    const intake = intakeThat({ record: () => Promise.reject(new Error('closed')) });
    const desk = tinyDesk(handle, changes);
    await join(slack, { desk, intake });
    await slack.control('openHome', { as });
    await type(slack);
    const look = async () => (await slack.control('look', { as })).snapshot;
    await expect.poll(async () => (await look()).modals.length).toBe(1);
    await expect.poll(async () => (await look()).home?.type).toBe('home');
    const [modal] = (await look()).modals;
    const values = { reason: { text: 'because' } };
    const outcome = await slack.control('submit', { as, view: modal?.id ?? '', values });
    expect(outcome.errors).toEqual({ reason: expect.stringContaining('nothing will happen') });
    expect(desk.asked.map(({ kind }) => kind).sort()).toEqual(['command', 'home']);
  });
});

const field = {
  type: 'input' as const,
  block_id: 'reason',
  label: { type: 'plain_text' as const, text: 'Why' },
  element: { type: 'plain_text_input' as const, action_id: 'text' },
};

const show = (asked: Asked) => ('text' in asked ? asked.text : asked.kind);

describe('people who change', () => {
  test('are looked up again when Slack says so', async () => {
    const slack = await startLocalSlack();
    const { api } = clientOf(slack.apiUrl, patience, tokens.bot);
    const log = recordingLog();
    const clock = { now: () => 0, monotonic: () => 0 };
    const roles = () => ({ oncall: { members: [`group:${groups.oncall}`] } });
    const directory = createDirectory({ api, team: team.id, roles, clock, log, patience });
    await join(slack, { directory });
    const standing = () => directory.standing(as, team.id);
    expect(await standing()).toMatchObject({ kind: 'member', person: { roles: ['oncall'] } });
    await slack.control('group', { group: groups.oncall, members: [] });
    await expect.poll(standing).toMatchObject({ kind: 'member', person: { roles: [] } });
    await slack.control('member', { user: as, deactivated: true });
    await expect.poll(standing).toEqual({ kind: 'refused', why: 'deactivated' });
  });
});

describe('a Slack that misbehaves', () => {
  test('is survived: rate limits for events, and tokens that are revoked and given back', async () => {
    const slack = await startLocalSlack();
    const bot = await join(slack);
    await slack.control('sockets', { do: 'app_rate_limited', all: true });
    expect((await type(slack)).ok).toBe(true);
    await slack.control('faults', { revoked: true });
    await slack.control('sockets', { do: 'drop', all: true });
    await until(() => bot.ready().why?.includes('token_revoked') ?? false);
    expect((await type(slack)).error).toBe('dispatch_failed');
    await slack.control('faults', { revoked: false });
    await until(() => bot.ready().ok);
    expect((await type(slack)).ok).toBe(true);
  });
});

describe('a stop', () => {
  test('lets what has begun come to its end, and leaves Slack', async () => {
    const slack = await startLocalSlack();
    const desk = tinyDesk(async (_asked, answer) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await answer.say({ text: 'finished', blocks: [] });
    });
    const bot = await join(slack, { desk });
    await type(slack);
    expect(await bot.stop(10_000)).toBe(0);
    expect(await texts(slack)).toContain('finished');
    expect((await slack.control('look', { as })).snapshot.app.sockets).toBe(0);
    expect((await type(slack)).error).toBe('dispatch_failed');
  });

  test('does not wait for ever', async () => {
    const slack = await startLocalSlack();
    const bot = await join(slack, { desk: tinyDesk(() => new Promise(() => {})) });
    await type(slack);
    expect(await bot.stop(20)).toBe(1);
  });
});
