import { describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { openSocket, type Reaction, silence } from './raw-app.ts';
import { runWorkspace } from './run-workspace.ts';

const as = people.manager1;
const channel = channels.authOps;
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(`The ${value}`), value });

const button = { type: 'button', action_id: 'approve', text: plain('Approve'), value: 'run-1' };
const select = {
  type: 'static_select',
  action_id: 'service',
  placeholder: plain('Which?'),
  option_groups: [{ label: plain('Group'), options: [option('rust'), option('rms')] }],
};
const overflow = { type: 'overflow', action_id: 'more', options: [option('logs'), option('stop')] };
const blocks = [
  { type: 'actions', block_id: 'row', elements: [button, select, overflow] },
  { type: 'section', text: plain('and'), accessory: { type: 'button', text: plain('No id') } },
];

/** A workspace with a message full of things to press. */
async function withMessage(react: Reaction = () => undefined, options = {}) {
  const workspace = await runWorkspace(options);
  const socket = await openSocket(workspace.url, react);
  const posted = await workspace.web.chat.postMessage({ channel, text: 'x', blocks } as never);
  const message = { channel, ts: String(posted.ts) };
  const press = (actionId: string, more: object = {}) =>
    workspace.members.act({ as, blockId: 'row', actionId, message, ...more });
  const last = () => socket.received.at(-1)?.payload;
  return { ...workspace, socket, message, press, last };
}

describe('a click', () => {
  test('says who pressed what, where', async () => {
    const { press, last, message, url } = await withMessage();
    expect(await press('approve')).toMatchObject({ ok: true });
    expect(last()).toMatchObject({
      type: 'block_actions',
      user: { id: as, username: 'manager-1' },
      channel: { id: channel, name: 'auth-ops' },
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel,
        is_ephemeral: false,
      },
      message: { ts: message.ts, text: 'x', bot_id: expect.any(String) },
      actions: [
        {
          type: 'button',
          action_id: 'approve',
          block_id: 'row',
          value: 'run-1',
          action_ts: expect.any(String),
        },
      ],
      trigger_id: expect.any(String),
      response_url: expect.stringContaining(url),
    });
  });

  test('chooses from a select and from an overflow menu', async () => {
    const { press, last } = await withMessage();
    await press('service', { value: 'rms' });
    expect(last().actions).toMatchObject([{ selected_option: option('rms') }]);
    await press('more', { value: 'logs' });
    expect(last().actions).toMatchObject([{ type: 'overflow', selected_option: option('logs') }]);
    expect(await press('more', { value: 'nothing' })).toMatchObject({ ok: false });
    expect(await press('service', { value: 'nothing' })).toMatchObject({ ok: false });
  });

  test('brings what was chosen before, each person their own', async () => {
    const { press, last, members, message } = await withMessage();
    await press('service', { value: 'rms' });
    await press('approve');
    expect(last().state.values.row.service.selected_option).toEqual(option('rms'));
    await members.act({ as: people.manager2, blockId: 'row', actionId: 'approve', message });
    expect(last().state.values.row.service.selected_option).toBeNull();
  });

  test('can answer by replacing the message, which keeps its place', async () => {
    const { press, last, members, message } = await withMessage();
    await press('approve');
    const body = JSON.stringify({ replace_original: true, text: 'approved' });
    const headers = { 'content-type': 'application/json' };
    await fetch(last().response_url, { method: 'POST', body, headers });
    const { messages } = await members.look(people.viewer);
    expect(messages).toMatchObject([{ ts: message.ts, text: 'approved', blocks: [] }]);
  });

  test('on a message for one person does not send the message back', async () => {
    const { web, members, last } = await withMessage();
    const args = { channel, user: as, text: 'only you', blocks };
    const { message_ts: ts = '' } = await web.chat.postEphemeral(args as never);
    const click = { blockId: 'row', actionId: 'approve', message: { channel, ts } };
    expect(await members.act({ as: people.viewer, ...click })).toMatchObject({
      error: 'message_not_found',
    });
    await members.act({ as, ...click });
    expect(last().container).toMatchObject({ is_ephemeral: true });
    expect(last()).not.toHaveProperty('message');
    const body = JSON.stringify({ delete_original: true });
    const headers = { 'content-type': 'application/json' };
    await fetch(last().response_url, { method: 'POST', body, headers });
    expect((await members.look(as)).messages).toHaveLength(1);
  });

  test('works on what the app gave no id', async () => {
    const { members, message, last } = await withMessage();
    const [shown] = (await members.look(as)).messages;
    const section = shown?.blocks[1] as unknown as {
      block_id: string;
      accessory: { action_id: string };
    };
    const ids = { blockId: section.block_id, actionId: section.accessory.action_id };
    expect(await members.act({ as, ...ids, message })).toMatchObject({ ok: true });
    expect(last().actions[0]).toMatchObject({ action_id: ids.actionId, block_id: ids.blockId });
  });

  test('that nobody takes says so to its person', async () => {
    const { press } = await withMessage(() => silence, { ackMs: 40 });
    expect(await press('approve')).toMatchObject({ ok: false, error: 'operation_timeout' });
  });

  test('in a modal comes with the modal and what is in it, and may push another', async () => {
    const { web, members, press, last } = await withMessage();
    await press('approve');
    const input = {
      type: 'input',
      block_id: 'why',
      label: plain('Why'),
      element: { type: 'plain_text_input', action_id: 'text' },
    };
    const view = {
      type: 'modal',
      title: plain('M'),
      submit: plain('Go'),
      blocks: [input, ...blocks],
    };
    const opened = await web.views.open({ trigger_id: last().trigger_id, view } as never);
    const id = String(opened.view?.id);
    await members.act({
      as,
      view: id,
      blockId: 'row',
      actionId: 'service',
      value: 'rust',
      state: { why: { text: 'because' } },
    });
    expect(last()).toMatchObject({
      container: { type: 'view', view_id: id },
      view: { id, state: { values: { why: { text: { value: 'because' } } } } },
      actions: [{ selected_option: option('rust') }],
    });
    expect(last()).not.toHaveProperty('response_url');
    const pushed = await web.views.push({ trigger_id: last().trigger_id, view } as never);
    expect(pushed.view).toMatchObject({ root_view_id: id, previous_view_id: id });
  });
});

describe('an external select', () => {
  const external = { type: 'external_select', action_id: 'user', min_query_length: 2 };
  const asking = [{ type: 'actions', block_id: 'row', elements: [external] }];

  test('asks the app for options, and takes one of them', async () => {
    const offered = [option('anna'), option('arno')];
    const { web, members, socket } = await withMessage(({ payload }) =>
      payload.type === 'block_suggestion' ? { options: offered } : undefined,
    );
    const posted = await web.chat.postMessage({ channel, text: 'x', blocks: asking } as never);
    const message = { channel, ts: String(posted.ts) };
    const where = { as, blockId: 'row', actionId: 'user', message };
    expect((await members.suggest({ ...where, query: 'a' })).options).toEqual([]);
    const { options } = await members.suggest({ ...where, query: 'an' });
    expect(options).toEqual([
      { text: 'The anna', value: 'anna' },
      { text: 'The arno', value: 'arno' },
    ]);
    expect(socket.received.at(-1)?.payload).toMatchObject({
      type: 'block_suggestion',
      value: 'an',
    });
    await members.act({ ...where, value: 'arno' });
    expect(socket.received.at(-1)?.payload.actions).toMatchObject([
      { selected_option: offered[1] },
    ]);
    expect(await members.act({ ...where, value: 'zoe' })).toMatchObject({ ok: false });
  });
});

describe('a shortcut', () => {
  test('comes from anywhere, or from a message', async () => {
    const { members, last, message } = await withMessage();
    expect(await members.shortcut({ as, callbackId: 'check-services' })).toMatchObject({
      ok: true,
    });
    expect(last()).toMatchObject({ type: 'shortcut', callback_id: 'check-services' });
    await members.shortcut({ as, callbackId: 'explain-message', message });
    expect(last()).toMatchObject({
      type: 'message_action',
      message_ts: message.ts,
      message: { text: 'x' },
      channel: { id: channel },
      response_url: expect.any(String),
    });
    expect(await members.shortcut({ as, callbackId: 'nope' })).toMatchObject({
      error: 'shortcut_not_found',
    });
  });
});
