import { describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { openSocket, type Reaction, silence } from './raw-app.ts';
import { ownManifest, refusal, runWorkspace, stillChance } from './run-workspace.ts';

const as = people.onCall1;
const plain = (text: string) => ({ type: 'plain_text' as const, text });

const reason = {
  type: 'input' as const,
  block_id: 'reason',
  label: plain('Reason'),
  element: { type: 'plain_text_input' as const, action_id: 'text', min_length: 3 },
};

const modal = (over: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'restart',
  title: plain('Restart'),
  submit: plain('Go'),
  private_metadata: 'run-1',
  blocks: [reason],
  ...over,
});

/** A workspace whose app answers submissions so; `trigger` makes a fresh trigger id. */
async function withApp(react: Reaction = () => undefined, options = {}) {
  const workspace = await runWorkspace(options);
  const socket = await openSocket(workspace.url, (envelope) =>
    envelope.type === 'slash_commands' ? undefined : react(envelope),
  );
  const trigger = async (): Promise<string> => {
    await workspace.members.type({ as, channel: channels.general, text: '/auth' });
    return socket.received.at(-1)?.payload.trigger_id;
  };
  const open = async (view: object = modal()) => {
    const opened = await workspace.web.views.open({
      trigger_id: await trigger(),
      view: view as never,
    });
    return opened.view?.id ?? '';
  };
  const modals = async () => (await workspace.members.look(as)).modals;
  const last = () => socket.received.at(-1)?.payload;
  return { ...workspace, socket, trigger, open, modals, last };
}

describe('a trigger', () => {
  test('opens one modal, for the person who made it', async () => {
    const { web, members, trigger, modals } = await withApp();
    const trigger_id = await trigger();
    await web.views.open({ trigger_id, view: modal() });
    expect(await modals()).toMatchObject([{ title: 'Restart', callbackId: 'restart' }]);
    expect((await members.look(people.viewer)).modals).toEqual([]);
    const again = web.views.open({ trigger_id, view: modal() });
    expect(await refusal(again)).toMatchObject({ error: 'exchanged_trigger_id' });
  });

  test('lives for three seconds', async () => {
    const chance = stillChance();
    const { web, trigger } = await withApp(undefined, { chance });
    const [first, second] = [await trigger(), await trigger()];
    chance.pass(3000);
    expect(await web.views.open({ trigger_id: first, view: modal() })).toMatchObject({ ok: true });
    chance.pass(1);
    const late = web.views.open({ trigger_id: second, view: modal() });
    expect(await refusal(late)).toMatchObject({ error: 'expired_trigger_id' });
  });

  test('cannot be made up, and is not spent on a modal that Slack would not take', async () => {
    const { web, trigger } = await withApp();
    const invented = web.views.open({ trigger_id: '1.2.3', view: modal() });
    expect(await refusal(invented)).toMatchObject({ error: 'invalid_trigger_id' });
    const trigger_id = await trigger();
    const long = modal({ title: plain('x'.repeat(25)) });
    expect(await refusal(web.views.open({ trigger_id, view: long }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('/view/title')] },
    });
    expect(await web.views.open({ trigger_id, view: modal() })).toMatchObject({ ok: true });
  });
});

describe('modals', () => {
  test('lie on one another, three deep', async () => {
    const { web, trigger, open, modals, members } = await withApp();
    const empty = web.views.push({ trigger_id: await trigger(), view: modal() });
    expect(await refusal(empty)).toMatchObject({ error: 'not_found' });
    const first = await open();
    for (const title of ['Second', 'Third']) {
      const view = modal({ title: plain(title) });
      await web.views.push({ trigger_id: await trigger(), view });
    }
    const titles = async () => (await modals()).map(({ title }) => title);
    expect(await titles()).toEqual(['Restart', 'Second', 'Third']);
    const fourth = web.views.push({ trigger_id: await trigger(), view: modal() });
    expect(await refusal(fourth)).toMatchObject({ error: 'push_limit_reached' });
    const third = (await modals()).at(-1)?.id ?? '';
    await members.close({ as, view: third });
    expect(await titles()).toEqual(['Restart', 'Second']);
    expect(await members.submit({ as, view: first, values: {} })).toMatchObject({
      error: 'view_not_on_top',
    });
  });

  test('are updated by id or by the app’s own name, and only from the version that was seen', async () => {
    const { web, open, modals } = await withApp();
    const view_id = await open(modal({ external_id: 'run-1' }));
    const hash = (await modals())[0]?.hash ?? '';
    const changed = modal({ title: plain('Changed'), external_id: 'run-1' });
    await web.views.update({ external_id: 'run-1', hash, view: changed });
    expect(await modals()).toMatchObject([{ id: view_id, title: 'Changed' }]);
    const stale = web.views.update({ view_id, hash, view: modal() });
    expect(await refusal(stale)).toMatchObject({ error: 'hash_conflict' });
    const unknown = web.views.update({ view_id: 'V0', view: modal() });
    expect(await refusal(unknown)).toMatchObject({ error: 'not_found' });
  });

  test('that ask for it tell when they are closed', async () => {
    const { open, members, last, socket } = await withApp();
    await members.close({ as, view: await open() });
    expect(socket.received.map(({ type }) => type)).not.toContain('interactive');
    const view = await open(modal({ notify_on_close: true }));
    expect(await members.close({ as, view })).toMatchObject({ ok: true });
    expect(last()).toMatchObject({ type: 'view_closed', is_cleared: false, view: { id: view } });
  });
});

describe('a submission', () => {
  const values = { reason: { text: 'It leaks memory' } };

  test('brings what was filled in, and closes the modal', async () => {
    const { open, members, modals, last } = await withApp();
    const view = await open();
    expect(await members.submit({ as, view, values })).toMatchObject({ ok: true, errors: {} });
    expect(last()).toMatchObject({
      type: 'view_submission',
      user: { id: as, team_id: expect.any(String) },
      trigger_id: expect.any(String),
      view: {
        id: view,
        callback_id: 'restart',
        private_metadata: 'run-1',
        hash: expect.any(String),
        state: {
          values: { reason: { text: { type: 'plain_text_input', value: 'It leaks memory' } } },
        },
      },
    });
    expect(await modals()).toEqual([]);
  });

  test('without what is required is not sent at all', async () => {
    const { open, members, modals, socket } = await withApp();
    const view = await open();
    const empty = await members.submit({ as, view, values: {} });
    expect(empty).toMatchObject({
      ok: false,
      errors: { reason: 'Please complete this required field.' },
    });
    const short = await members.submit({ as, view, values: { reason: { text: 'x' } } });
    expect(short.errors).toEqual({ reason: 'Must be at least 3 characters.' });
    expect(await modals()).toMatchObject([{ errors: short.errors }]);
    expect(socket.received.map(({ type }) => type)).not.toContain('interactive');
  });

  test('may be answered with errors, which stand by their inputs until the next try', async () => {
    const answers = [
      { response_action: 'errors', errors: { reason: 'Say more' } },
      { response_action: 'clear' },
    ];
    const { open, members, modals } = await withApp(() => answers.shift());
    const view = await open();
    const refused = await members.submit({ as, view, values });
    expect(refused).toMatchObject({ ok: true, errors: { reason: 'Say more' } });
    expect(await modals()).toMatchObject([{ errors: { reason: 'Say more' } }]);
    expect(await members.submit({ as, view, values })).toMatchObject({ ok: true, errors: {} });
    expect(await modals()).toEqual([]);
  });

  test('may be answered with another content, or another modal on top', async () => {
    const answers = [
      { response_action: 'update', view: modal({ title: plain('Again') }) },
      { response_action: 'push', view: modal({ title: plain('On top') }) },
      {},
    ];
    const { open, members, modals } = await withApp(() => answers.shift());
    const view = await open();
    const titles = async () => (await modals()).map(({ title }) => title);
    await members.submit({ as, view, values });
    expect(await titles()).toEqual(['Again']);
    await members.submit({ as, view, values });
    expect(await titles()).toEqual(['Again', 'On top']);
    await members.submit({ as, view: (await modals()).at(-1)?.id ?? '', values });
    expect(await titles()).toEqual(['Again']);
  });

  test.each<[string, unknown]>([
    ['nothing', silence],
    ['errors for no input', { response_action: 'errors', errors: { other: 'x' } }],
    ['a view that Slack would not take', { response_action: 'update', view: { type: 'modal' } }],
    ['an action that there is not', { response_action: 'explode' }],
  ])('answered with %s leaves the modal open, with what was filled in', async (_, answer) => {
    const { open, members, modals, web } = await withApp(() => answer, { ackMs: 40 });
    const view = await open();
    expect(await members.submit({ as, view, values })).toMatchObject({ ok: false });
    expect(await modals()).toMatchObject([
      { id: view, trouble: 'We had some trouble connecting. Try again?' },
    ]);
    const updated = await web.views.update({ view_id: view, view: modal() });
    expect(updated.view?.state).toEqual({
      values: { reason: { text: { type: 'plain_text_input', value: 'It leaks memory' } } },
    });
  });

  test('has a shape of its own for every kind of input', async () => {
    const option = (value: string) => ({ text: plain(`The ${value}`), value });
    const options = [option('one'), option('two'), option('three')];
    const input = (type: string, more: object = {}) => ({
      type: 'input',
      block_id: type,
      optional: true,
      label: plain(type),
      element: { type, action_id: 'a', ...more },
    });
    const blocks = [
      input('static_select', { options }),
      input('multi_static_select', { options }),
      input('checkboxes', { options }),
      input('radio_buttons', { options, initial_option: options[1] }),
      input('users_select'),
      input('multi_users_select'),
      input('conversations_select'),
      input('channels_select'),
      input('datepicker'),
      input('timepicker', { initial_time: '12:30' }),
      input('datetimepicker'),
      input('number_input', { is_decimal_allowed: false }),
    ];
    const { open, members, last } = await withApp();
    const view = await open(modal({ blocks }));
    const outcome = await members.submit({
      as,
      view,
      values: {
        static_select: { a: 'two' },
        multi_static_select: { a: ['one', 'three'] },
        checkboxes: { a: [] },
        users_select: { a: people.viewer },
        multi_users_select: { a: [people.viewer, people.guest] },
        conversations_select: { a: channels.general },
        datepicker: { a: '2026-11-21' },
        datetimepicker: { a: '1763769600' },
        number_input: { a: '7' },
      },
    });
    expect(outcome).toMatchObject({ ok: true });
    const { values: sent } = last().view.state;
    const shapes = Object.entries(sent).map(([block, value]) => {
      const { type, ...rest } = (value as { a: { type: string } }).a;
      expect(type).toBe(block);
      return rest;
    });
    expect(shapes).toEqual([
      { selected_option: option('two') },
      { selected_options: [option('one'), option('three')] },
      { selected_options: [] },
      { selected_option: option('two') },
      { selected_user: people.viewer },
      { selected_users: [people.viewer, people.guest] },
      { selected_conversation: channels.general },
      { selected_channel: null },
      { selected_date: '2026-11-21' },
      { selected_time: '12:30' },
      { selected_date_time: 1763769600 },
      { value: '7' },
    ]);
    const wrong = await open(modal({ blocks }));
    const none = { static_select: { a: 'four' } };
    expect(await members.submit({ as, view: wrong, values: none })).toMatchObject({ ok: false });
  });
});

test('nobody fills in, sends or closes the modal of somebody else', async () => {
  const { members, open, modals, socket } = await withApp();
  const view = await open();
  const before = socket.received.length;
  const values = { reason: { text: 'It leaks memory' } };
  const stranger = { as: people.viewer, view };
  const element = { blockId: 'reason', actionId: 'text', value: 'x' };
  const tries = [
    await members.submit({ ...stranger, values }),
    await members.close(stranger),
    await members.act({ ...stranger, ...element }),
  ];
  expect(tries).toEqual(
    tries.map(() => expect.objectContaining({ ok: false, error: 'view_not_found' })),
  );
  expect(socket.received.length).toBe(before);
  expect(await modals()).toHaveLength(1);
});

describe('the Home tab', () => {
  const home = (text: string) => ({
    type: 'home' as const,
    blocks: [{ type: 'section' as const, text: plain(text) }],
  });

  test('opens with an event, and shows what the app publishes', async () => {
    const { members, web, socket } = await withApp();
    expect(await members.openHome({ as })).toMatchObject({ ok: true });
    const { payload } = await socket.next(({ type }) => type === 'events_api');
    expect(payload.event).toMatchObject({ type: 'app_home_opened', user: as, tab: 'home' });
    expect(payload.event).not.toHaveProperty('view');
    const { view } = await web.views.publish({ user_id: as, view: home('all is well') });
    await web.views.publish({ user_id: as, view: home('still'), hash: view?.hash ?? '' });
    expect((await members.look(as)).home).toMatchObject({ type: 'home', id: view?.id });
    const stale = web.views.publish({ user_id: as, view: home('x'), hash: view?.hash ?? '' });
    expect(await refusal(stale)).toMatchObject({ error: 'hash_conflict' });
    expect((await members.look(people.viewer)).home).toBeNull();
  });

  test('is not there when the manifest has none', async () => {
    const manifest = ownManifest().replace('home_tab_enabled: true', 'home_tab_enabled: false');
    const { web, members } = await runWorkspace({
      manifest: manifest.replace(/.*app_home_opened\n/, ''),
    });
    const publishing = web.views.publish({ user_id: as, view: home('x') });
    expect(await refusal(publishing)).toMatchObject({ error: 'not_enabled' });
    expect(await members.openHome({ as })).toMatchObject({ error: 'not_enabled' });
  });
});
