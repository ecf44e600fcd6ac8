import { describe, expect, test } from 'vitest';
import { type ClearedChannel, clearChannel } from '../../../src/bot/outbox/clear-channel.ts';
import { keyOf } from '../../../src/bot/outbox/outbox-search.ts';
import { people } from '../../../workspace/people.ts';
import { patience } from '../../support/patience.ts';
import { startLocalSlack, tokens } from '../local-slack.ts';
import { clientOf } from '../start-bot.ts';

/** A public channel in which Gatehouse has said several things about incidents. */
async function startChannel() {
  const slack = await startLocalSlack();
  const { api } = clientOf(slack.apiUrl, patience, tokens.bot);
  const made = await api.conversations.create({ name: 'inc-0007-zanzibar' });
  const channel = made.channel?.id ?? '';
  await api.conversations.invite({ channel, users: people.onCall1 });
  const say = async (text: string, subject?: string) => {
    const metadata = subject === undefined ? {} : { metadata: keyOf({ id: '1', subject }) };
    const { ts } = await api.chat.postMessage({ channel, text, ...metadata });
    return ts ?? '';
  };
  let taken = 0;
  const clear = (given: Partial<ClearedChannel> = {}, take?: () => Promise<number>) =>
    clearChannel(
      {
        api,
        take: async () => {
          taken += 1;
          return take ? take() : 0;
        },
        sleep: async () => {},
        ended: () => false,
      },
      { incident: 'INC-7', channel, since: 0, known: [], isRoom: false, ...given },
    );
  const said = async (): Promise<string[]> => {
    const { messages = [] } = await api.conversations.history({ channel });
    return messages
      .filter(({ subtype }) => !subtype)
      .map(({ text = '' }) => text)
      .reverse();
  };
  return { slack, api, channel, say, clear, said, taken: () => taken };
}

const emptied = 'INC-7 goes on elsewhere.';
const no = 'edit_window_closed';

describe('what an incident has said in a channel that everybody reads', () => {
  test('is emptied by its key, whoever knows where it stands, and nothing of anybody else is touched', async () => {
    const { say, clear, said, api, channel } = await startChannel();
    await say('zanzibar, the card', 'INC-7');
    await say('zanzibar, a notice', 'INC-7/3');
    await say('another incident', 'INC-70');
    await say('a notice of another', 'INC-70/3');
    await say('a run', 'R-1');
    await say('no key');
    expect(await clear()).toEqual({ emptied: 2, trouble: null });
    const others = ['another incident', 'a notice of another', 'a run', 'no key'];
    expect(await said()).toEqual([emptied, emptied, ...others]);
    const { messages = [] } = await api.conversations.history({ channel });
    expect(JSON.stringify(messages)).not.toContain('zanzibar,');
  });

  test('is emptied once, however often it is looked for', async () => {
    const { say, clear, taken } = await startChannel();
    const ts = await say('zanzibar', 'INC-7/3');
    await clear({ known: [ts] });
    expect(await clear({ known: [ts] })).toEqual({ emptied: 0, trouble: null });
    expect(taken()).toBe(1);
  });

  test('is emptied where it is known to stand also when the history says nothing of it, or cannot be read', async () => {
    const { slack, say, clear, said } = await startChannel();
    const first = await say('zanzibar');
    await clear({ known: [first], since: Number(first) + 1 });
    expect(await said()).toEqual([emptied]);
    const second = await say('zanzibar', 'INC-7/4');
    await slack.control('faults', { refuse: { 'conversations.history': 'not_in_channel' } });
    const done = await clear({ known: [second] });
    expect(done).toMatchObject({ emptied: 1, trouble: { again: false } });
    await slack.control('faults', { refuse: {} });
    expect(await said()).toEqual([emptied, emptied]);
  });

  test('is deleted where it cannot be changed, and holds up nothing where it cannot be deleted either', async () => {
    const { slack, say, clear, said } = await startChannel();
    await say('zanzibar', 'INC-7/3');
    await slack.control('faults', { refuse: { 'chat.update': no } });
    expect(await clear()).toEqual({ emptied: 1, trouble: null });
    expect(await said()).toEqual([]);
    await say('zanzibar', 'INC-7/4');
    await say('zanzibar', 'INC-7/5');
    const never = { 'chat.update': no, 'chat.delete': 'cant_delete_message' };
    await slack.control('faults', { refuse: never });
    const why = expect.stringContaining('cant_delete_message');
    expect(await clear()).toEqual({ emptied: 0, trouble: { why, again: false } });
  });

  test('is said to stand there where it was another installation of the app that had said it', async () => {
    const { slack, say, clear } = await startChannel();
    await say('zanzibar', 'INC-7/3');
    const never = { 'chat.update': 'cant_update_message', 'chat.delete': 'cant_delete_message' };
    await slack.control('faults', { refuse: never });
    expect(await clear()).toMatchObject({ emptied: 0, trouble: { again: false } });
    await slack.control('faults', { refuse: { 'chat.update': 'message_not_found' } });
    expect(await clear()).toEqual({ emptied: 0, trouble: null });
  });

  test('is worth another look where Slack only asks for patience', async () => {
    const { slack, say, clear } = await startChannel();
    await say('zanzibar', 'INC-7/3');
    await slack.control('faults', { refuse: { 'chat.update': 'internal_error' } });
    expect(await clear()).toMatchObject({ emptied: 0, trouble: { again: true } });
    await slack.control('faults', { refuse: {} });
    expect(await clear()).toEqual({ emptied: 1, trouble: null });
  });

  test('waits for the pace of the whole app, and not for ever', async () => {
    const { say, clear, said, taken } = await startChannel();
    await say('zanzibar', 'INC-7/3');
    expect(await clear({}, async () => 20_000)).toMatchObject({
      ...{ emptied: 0, trouble: { again: true, why: expect.stringContaining('edited') } },
    });
    expect(await said()).toEqual(['zanzibar']);
    const waits = [1_000, 0];
    const before = taken();
    expect(await clear({}, async () => waits.shift() ?? 0)).toMatchObject({ emptied: 1 });
    expect(taken() - before).toBe(2);
  });

  test('leaves the topic of its own channel saying nothing, with one line of Slack’s own and not more', async () => {
    const { api, channel, clear, say } = await startChannel();
    const topic = async () => (await api.conversations.info({ channel })).channel?.topic?.value;
    await api.conversations.setTopic({ channel, topic: 'SEV1 · INC-7 · zanzibar' });
    await say('zanzibar', 'INC-7');
    await clear();
    expect(await topic()).toContain('zanzibar');
    await clear({ isRoom: true });
    expect(await topic()).toBe(emptied);
    await clear({ isRoom: true });
    const { messages = [] } = await api.conversations.history({ channel });
    const lines = messages.filter(({ text }) => text === `set the channel topic: ${emptied}`);
    expect(lines).toHaveLength(1);
  });
});
