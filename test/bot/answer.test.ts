import { describe, expect, onTestFinished, test } from 'vitest';
import { createAnswer } from '../../src/bot/answer.ts';
import { createSlackClient } from '../../src/bot/calling/slack-client.ts';
import { meaningOf } from '../../src/bot/receiving/asked.ts';
import { readBody } from '../../src/bot/receiving/body.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { Secret } from '../../src/core/secret.ts';
import { recordingLog } from './recording-log.ts';
import * as samples from './samples.ts';
import { startTinySlack, type TinySlack } from './tiny-slack.ts';

const message = { text: 'all is well', blocks: [] };

/** The ways to answer, and what Slack hears of it. */
async function answering(doing: (url: string) => object) {
  const slack = await startTinySlack();
  onTestFinished(() => slack.close());
  const client = createSlackClient({
    apiUrl: slack.apiUrl,
    token: new Secret('xoxb-test'),
    redactor: createRedactor({ secrets: ['hunter2!'] }),
    log: recordingLog(),
    timeout: 300,
  });
  slack.answer('conversations.open', () => ({ channel: { id: 'D1' } }));
  const read = readBody(doing(slack.url('/respond')));
  if (!read.ok || read.value.kind !== 'body') throw new Error('not a delivery');
  const meaning = meaningOf(read.value.body, 'UBOT');
  if (meaning.kind !== 'asked') throw new Error('nothing asked');
  const answer = createAnswer(client, meaning.asked, meaning.route);
  const heard = () => slack.calls.map(({ method }) => method);
  return { slack, answer, heard, last: () => slack.calls.at(-1)?.args };
}

const command = (url: string) => samples.command('status', { response_url: url });
const click = (url: string) =>
  samples.click({}, { response_url: url, message: { ts: '1.1', thread_ts: '0.9', text: 'x' } });

describe('saying', () => {
  test.each([
    ['a command', command],
    ['a click', click],
    [
      'a shortcut on a message',
      (url: string) => samples.messageShortcut('x', { response_url: url }),
    ],
  ])(
    'after %s is for the asker alone, and leaves the message that was clicked',
    async (_what, doing) => {
      const { answer, heard, last } = await answering(doing);
      await answer.say(message);
      expect(heard()).toEqual(['/respond']);
      expect(last()).toEqual({ ...message, response_type: 'ephemeral', replace_original: false });
    },
  );

  test('goes on with a message of the bot when the address is used up', async () => {
    const { slack, answer, heard, last } = await answering(click);
    slack.answer('/respond', () => ({ status: 404 }));
    await answer.say(message);
    await answer.say(message);
    expect(heard()).toEqual(['/respond', 'chat.postEphemeral', 'chat.postEphemeral']);
    expect(last()).toMatchObject({
      channel: 'C1',
      user: 'U1',
      thread_ts: '0.9',
      text: message.text,
    });
  });

  test('goes on when the address hangs', async () => {
    const { slack, answer, heard } = await answering(command);
    slack.answer('/respond', () => 'hang');
    await answer.say(message);
    expect(heard()).toEqual(['/respond', 'chat.postEphemeral']);
  });

  test('goes into direct messages where the app is not a member', async () => {
    const { slack, answer, heard, last } = await answering(command);
    slack.answer('/respond', () => ({ status: 404 }));
    slack.answer('chat.postEphemeral', () => ({ ok: false, error: 'not_in_channel' }));
    await answer.say(message);
    expect(heard().slice(2)).toEqual(['conversations.open', 'chat.postMessage']);
    expect(last()).toMatchObject({ channel: 'D1', text: message.text });
  });

  test('fails when Slack takes it no way', async () => {
    const { slack, answer } = await answering(command);
    for (const method of ['/respond', 'chat.postEphemeral', 'conversations.open']) {
      slack.answer(method, () => ({ status: 500 }));
    }
    await expect(answer.say(message)).rejects.toThrow();
  });

  test('after a mention is a message in its thread, which Slack leaves as it is', async () => {
    const { answer, heard, last } = await answering(() => samples.mention('<@UBOT> x'));
    await answer.say(message);
    expect(heard()).toEqual(['chat.postMessage']);
    expect(last()).toMatchObject({ channel: 'C1', thread_ts: '5.5', parse: 'none' });
    expect(last()).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      link_names: 'false',
    });
  });

  test.each([
    ['a form', () => samples.submission({})],
    ['a direct message', () => samples.directMessage('status')],
    ['a shortcut from anywhere', () => samples.shortcut()],
    ['the Home tab', () => samples.event({ type: 'app_home_opened', user: 'U1', tab: 'home' })],
  ])('after %s is a direct message', async (_what, doing) => {
    const { answer, heard } = await answering(doing);
    await answer.say(message);
    expect(heard()).toEqual(['conversations.open', 'chat.postMessage']);
  });

  /** Slack refuses the first call of a method, as it does when the app was too quick. */
  const tooQuick = (slack: TinySlack, method: string, retryAfter = '0') => {
    let calls = 0;
    slack.answer(method, () => {
      calls += 1;
      return calls > 1
        ? { channel: { id: 'D1' } }
        : { status: 429, headers: { 'retry-after': retryAfter } };
    });
  };

  test.each([
    ['a mention', () => samples.mention('<@UBOT> x'), ['chat.postMessage', 'chat.postMessage']],
    [
      'a shortcut',
      () => samples.shortcut(),
      ['conversations.open', 'conversations.open', 'chat.postMessage', 'chat.postMessage'],
    ],
  ])('after %s waits until Slack takes it', async (_what, doing, calls) => {
    const { slack, answer, heard } = await answering(doing);
    for (const method of calls) tooQuick(slack, method);
    await answer.say(message);
    expect(heard()).toEqual(calls);
  });

  test('waits for no longer than anybody would', async () => {
    const { slack, answer, heard } = await answering(() => samples.mention('<@UBOT> x'));
    tooQuick(slack, 'chat.postMessage', '31');
    await expect(answer.say(message)).rejects.toThrow('rate-limit');
    expect(heard()).toEqual(['chat.postMessage']);
  });

  test('to an address that is not Slack’s never happens', async () => {
    const elsewhere = await startTinySlack();
    onTestFinished(() => elsewhere.close());
    const { answer, heard } = await answering(() => command(elsewhere.url('/respond')));
    await answer.say(message);
    expect(elsewhere.calls).toEqual([]);
    expect(heard()).toEqual(['chat.postEphemeral']);
  });

  test('leaves without secrets, whichever way', async () => {
    const leaking = {
      text: 'hunter2! xoxb-1-abcdefgh',
      blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'hunter2!' } }],
    };
    const { slack, answer } = await answering(command);
    await answer.say(leaking);
    slack.answer('/respond', () => ({ status: 404 }));
    await answer.say(leaking);
    await answer.open({
      type: 'modal',
      title: { type: 'plain_text', text: 'hunter2!' },
      blocks: [],
    });
    expect(slack.calls).toHaveLength(4);
    expect(JSON.stringify(slack.calls)).not.toMatch(/hunter2|xoxb/);
    expect(slack.calls[0]?.args).toMatchObject({ text: '[secret] [secret]' });
  });
});

describe('a file', () => {
  const file = { name: 'auth.log', content: 'ü hunter2!\n', comment: 'the rest' };

  test('goes to the asker’s direct messages, with its secrets taken out before it is measured', async () => {
    const { slack, answer, heard } = await answering(command);
    const upload_url = slack.url('/upload/1');
    slack.answer('files.getUploadURLExternal', () => ({ upload_url, file_id: 'F1' }));
    await answer.attach(file);
    expect(heard()).toEqual([
      'conversations.open',
      'files.getUploadURLExternal',
      '/upload/1',
      'files.completeUploadExternal',
    ]);
    const [, asked, sent, completed] = slack.calls;
    expect(sent?.args).toEqual({ body: 'ü [secret]\n' });
    expect(asked?.args).toEqual({ filename: 'auth.log', length: '12' });
    expect(completed?.args).toEqual({
      files: '[{"id":"F1","title":"auth.log"}]',
      channel_id: 'D1',
      initial_comment: 'the rest',
    });
  });

  test('is sent to no address that is not Slack’s', async () => {
    const { slack, answer } = await answering(command);
    const upload_url = 'http://127.0.0.1:9/upload';
    slack.answer('files.getUploadURLExternal', () => ({ upload_url, file_id: 'F1' }));
    await expect(answer.attach(file)).rejects.toThrow('not Slack’s');
  });
});

describe('forms and the Home tab', () => {
  const modal = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } as const;
  const home = { type: 'home', blocks: [] } as const;

  test('a form is opened with the trigger of what was done', async () => {
    const { answer, last } = await answering(() => samples.command('x', { trigger_id: '9.9' }));
    await answer.open({ ...modal, blocks: [] });
    expect(last()).toMatchObject({ trigger_id: '9.9' });
  });

  test('a form is replaced by the button in it, as it was when that was pressed', async () => {
    const view = { ...modal, id: 'V7', hash: 'h.7', state: { values: {} } };
    const container = { type: 'view', view_id: 'V7' };
    const inForm = () => samples.click({}, { view, container, channel: undefined });
    const { answer, heard, last } = await answering(inForm);
    await answer.replace({ ...modal, blocks: [] });
    expect(heard()).toEqual(['views.update']);
    expect(last()).toMatchObject({ view_id: 'V7', hash: 'h.7' });
  });

  test.each([
    ['a message', click],
    ['the Home tab', () => samples.click({}, { view: { type: 'home', id: 'V8', hash: 'h.8' } })],
    ['a command', command],
  ])('after %s there is no form to replace', async (_what, doing) => {
    const { answer, heard } = await answering(doing);
    await expect(answer.replace({ ...modal, blocks: [] })).rejects.toThrow('only a form');
    expect(heard()).toEqual([]);
  });

  test('after a mention there is nothing to open a form with', async () => {
    const { answer } = await answering(() => samples.mention('<@UBOT> x'));
    await expect(answer.open({ ...modal, blocks: [] })).rejects.toThrow(
      'after a command or a click',
    );
  });

  test('the Home tab of the asker is replaced', async () => {
    const { answer, heard, last } = await answering(command);
    await answer.home({ ...home, blocks: [] });
    expect(heard()).toEqual(['views.publish']);
    expect(last()).toMatchObject({ user_id: 'U1' });
  });

  test('neither is taken for the other', async () => {
    const { answer } = await answering(command);
    await expect(answer.open({ ...home, blocks: [] })).rejects.toThrow();
    await expect(answer.home({ ...modal, blocks: [] })).rejects.toThrow();
  });
});
