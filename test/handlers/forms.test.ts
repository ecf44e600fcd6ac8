import { describe, expect, test } from 'vitest';
import { actions } from '../../src/actions/index.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { createDesk } from '../../src/handlers/create-desk.ts';
import type { Answer, Asked } from '../../src/handlers/desk.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';
import { checkMessage, checkView } from '../../workspace/blocks/check.ts';
import { stillClock } from '../support/clock.ts';
import { fakeRuns } from '../support/fake-runner.ts';
import { quietLog } from '../support/quiet-log.ts';
import { sampleCatalogue } from '../support/sample-catalogue.ts';
import { someDependency, withDependency } from '../support/with-dependency.ts';
import { buttonsIn, textsIn } from './run-desk.ts';

const catalogue = sampleCatalogue([
  ['rms-auth', ['prod'], ['rms']],
  ['rust-auth', ['staging', 'prod'], []],
]);

/** Who may do what: everything to rust-auth in production, and nothing else to the other one. */
const grants = {
  everything: [{ role: '*', allow: ['*'], deny: [], env: ['*'] }],
  partly: [{ role: '*', allow: ['*'], deny: [], env: ['*'], service: ['rust-auth'] }],
};

interface Field {
  type: string;
  block_id: string;
  label: { text: string };
  optional?: boolean;
  element: {
    initial_option?: { value: string };
    initial_value?: string;
    options?: { value: string }[];
  };
}

/** Types or presses something; `late` is when Slack takes no form. */
async function use(
  text: string,
  {
    kind = 'command',
    late = false,
    may = 'everything' as keyof typeof grants,
    known = catalogue,
    ...more
  }: Partial<Asked> & { late?: boolean; may?: keyof typeof grants; known?: Catalogue } = {},
) {
  const runs = fakeRuns();
  const said: Message[] = [];
  const opened: View[] = [];
  const answer: Answer = {
    say: async (message) => void said.push(message),
    attach: async () => {},
    replace: async () => {},
    open: async (view) => {
      if (late) throw new Error('expired_trigger_id');
      opened.push(view);
    },
    home: async () => {},
  };
  const desk = createDesk({
    queries: [],
    actions,
    running: runs.tools,
    catalogue: known,
    policy: { roles: {}, grants: grants[may] },
    directory: {
      standing: async (id, team) => ({ kind: 'member', person: { id, team, roles: [] } }),
    },
    targets: { probes: async () => [], offer: async () => null, close: async () => {} },
    clock: stillClock(),
    log: quietLog,
    redact: (one) => one,
    botName: 'Gatehouse',
  });
  const place = { channel: 'C1', thread: null };
  const asked = { kind, text, value: text, action: 'ask:1', place, ...more };
  await desk.handle({ ...asked, asker: { id: 'U1', team: 'T1' } } as Asked, answer);
  for (const view of opened) expect(checkView(view as never)).toBeNull();
  for (const message of said) {
    expect(checkMessage({ ...message, method: 'chat.update' })).toBeNull();
  }
  const [view] = opened;
  const fields = ((view as { blocks?: Field[] } | undefined)?.blocks ?? []).filter(
    ({ type }) => type === 'input',
  );
  const values = Object.fromEntries(
    fields.map(({ block_id, element }) => [
      block_id,
      element.initial_option?.value ?? element.initial_value ?? null,
    ]),
  );
  const below = (id: string) => {
    const blocks = (view as { blocks: { block_id?: string; type: string }[] }).blocks;
    const next = blocks[blocks.findIndex(({ block_id }) => block_id === id) + 1];
    return next?.type === 'context' ? textsIn(next).join() : null;
  };
  return { ...runs, said, opened, fields, values, below, text: textsIn(said).join('\n') };
}

const dependencyIn = ({ fields }: { fields: readonly Field[] }) =>
  fields.find(({ block_id }) => block_id === 'param:dependency');

const isRequired = (form: { fields: readonly Field[] }) =>
  !(dependencyIn(form) ?? expect.fail('there is no such field')).optional;

describe('the form of an action', () => {
  test('has the address that was given, and asks for the target that was not', async () => {
    const { opened, values, below, requests, said } = await use('block 203.0.113.7');
    expect(opened).toHaveLength(1);
    expect([requests, said]).toEqual([[], []]);
    expect(values).toMatchObject({ 'param:address': '203.0.113.7', target: null });
    expect(below('target')).toContain('Choose one: none was named.');
    expect(below('param:address')).toBeNull();
  });

  test('offers what its targets depend on to be chosen, where there is anything', async () => {
    const known = withDependency(
      withDependency(catalogue, 'rms-auth@prod', someDependency('redis')),
      'rust-auth@prod',
      someDependency('nginx'),
    );
    const chosen = await use('restart redis', { known });
    expect(chosen.values).toMatchObject({ 'param:dependency': 'redis', target: null });
    const field = dependencyIn(chosen);
    expect(field?.element.options?.map(({ value }) => value)).toEqual(['redis', 'nginx']);
    const ids = chosen.fields.map(({ block_id }) => block_id);
    expect(ids.indexOf('param:dependency')).toBeGreaterThan(ids.indexOf('target'));
    const wrong = await use('restart rms-auth@prod nginx', { known });
    expect(wrong.values).toMatchObject({ 'param:dependency': 'nginx', target: 'rms-auth@prod' });
    expect(wrong.below('param:dependency')).toContain('has no dependency `nginx`');
    expect([chosen.requests, wrong.requests]).toEqual([[], []]);
    const asked = await use('restart rms-auth@prod redis --reason "no connection"', { known });
    expect(asked.requests).toMatchObject([{ params: { dependency: 'redis' } }]);
  });

  test('never takes the service for a dependency that was named and is not chosen yet', async () => {
    const known = withDependency(catalogue, 'rms-auth@prod', someDependency('redis'));
    expect(isRequired(await use('restart', { known }))).toBe(false);
    for (const typed of ['redis', 'rms-auth@prod rediss', 'rms-auth@prod --dependency postgres']) {
      const asked = await use(`restart ${typed}`, { known });
      expect([asked.requests, isRequired(asked)]).toEqual([[], true]);
    }
  });

  test('has no field for a dependency where none can be restarted, unless one was named', async () => {
    const closed = someDependency('redis', { whyNot: 'somebody else does it' });
    for (const known of [catalogue, withDependency(catalogue, 'rms-auth@prod', closed)]) {
      expect(dependencyIn(await use('restart', { known }))).toBeUndefined();
      const named = await use('restart rms-auth@prod postgres', { known });
      expect(isRequired(named)).toBe(true);
      expect(named.below('param:dependency')).toContain('has no dependency `postgres`');
    }
  });

  test('never chooses production by itself', async () => {
    expect((await use('block 203.0.113.7 rms')).values.target).toBeNull();
    expect((await use('block nowhere rms')).values.target).toBeNull();
    expect((await use('block nowhere rms@prod')).values.target).toBe('rms-auth@prod');
    expect((await use('block nowhere rms --env PROD')).values.target).toBe('rms-auth@prod');
  });

  test('says beside each field what is wrong with it', async () => {
    const { values, below } = await use('block 10.0.0.300 rms-auth@prod --for forever --reason x');
    expect(values).toMatchObject({
      'param:address': '10.0.0.300',
      'param:for': 'forever',
      target: 'rms-auth@prod',
      reason: 'x',
    });
    expect(below('param:address')).toContain(':warning:');
    expect(below('param:for')).toContain('Expected');
    expect(below('target')).toBeNull();
  });

  test('takes --ttl for --for wherever something lasts, and fills it in under the one name', async () => {
    for (const typed of ['--ttl 2h', '--TTL=2h', '--for 2h']) {
      const { values } = await use(`block nowhere rms-auth@prod ${typed}`);
      expect(values).toMatchObject({ 'param:for': '2h' });
      const { requests } = await use(`block 203.0.113.7 rms-auth@prod ${typed} --reason "a storm"`);
      expect(requests[0]?.params).toEqual({ address: '203.0.113.7', for: '2h' });
    }
    const both = await use('block 203.0.113.7 rms-auth@prod --for 2h --ttl 3h');
    expect(both.requests).toEqual([]);
    expect(textsIn(both.opened).join()).toContain('--for');
  });

  test('stands in the order in which it is typed, with names that people understand', async () => {
    const { fields } = await use('block');
    expect(fields.map(({ block_id, label }) => `${block_id} ${label.text}`)).toEqual([
      'param:address Address',
      'target On what',
      'reason Why',
      'param:for For how long',
    ]);
    expect(fields[0]?.optional).toBe(false);
  });

  test('offers all services of an environment where that can be done and the person may', async () => {
    const targets = async (text: string, may?: keyof typeof grants) =>
      (await use(text, may ? { may } : {})).fields
        .find(({ block_id }) => block_id === 'target')
        ?.element.options?.map(({ value }) => value);
    const single = ['rms-auth@prod', 'rust-auth@staging', 'rust-auth@prod'];
    expect(await targets('user offboard')).toEqual([...single, 'all@prod', 'all@staging']);
    expect(await targets('restart')).toEqual(single);
    expect(await targets('user offboard', 'partly')).toEqual([
      'rust-auth@staging',
      'rust-auth@prod',
      'all@staging',
    ]);
  });

  test('lets people choose where there are few values, and shows the usual one', async () => {
    const { fields, values } = await use('keys rotate --overlap soon');
    const mode = fields.find(({ block_id }) => block_id === 'param:mode');
    expect(mode?.element.options?.map(({ value }) => value)).toEqual(['graceful', 'now']);
    expect(values['param:mode']).toBe('graceful');
  });

  test('for two names that could be the target takes neither', async () => {
    const { values, below } = await use('user offboard rms-auth@prod rust-auth@prod');
    expect(values).toMatchObject({ 'param:user': null, target: null });
    expect(below('target')).toContain('could each be the target');
  });

  test('takes all services at once only for what can be done so', async () => {
    const { below, values } = await use('restart all@prod');
    expect(values.target).toBeNull();
    expect(below('target')).toContain('one service at a time');
  });

  test('sent back does exactly that, whatever is written into it', async () => {
    const data = JSON.stringify({ command: 'user offboard', askedIn: 'C9' });
    const send = (values: Record<string, string | null>) =>
      use('', { kind: 'submission', callback: 'run:request', data, values } as never);
    const good = { 'param:user': 'jane@corp.example', target: 'all@prod', reason: 'left' };
    const { requests } = await send(good);
    expect(requests).toMatchObject([
      {
        action: 'user offboard',
        target: { service: 'all', env: 'prod' },
        params: { user: 'jane@corp.example' },
        reason: 'left',
      },
    ]);
    for (const user of [
      'jane@corp.example rms-auth@prod',
      '--dry-run',
      'a@b.example --user c@d.example',
      'rms-auth@prod',
      '" | count',
    ]) {
      const { requests: none, opened, below } = await send({ ...good, 'param:user': user });
      expect(none).toEqual([]);
      expect(opened).toHaveLength(1);
      expect(below('param:user')).toContain('Expected the address of an account');
    }
  });
});

describe('when Slack takes no form', () => {
  test.each([
    ['block 203.0.113.7', 'block 203.0.113.7 SERVICE@ENV'],
    ['block rms@prod', 'block ADDRESS rms-auth@prod'],
    ['user offboard jane@corp.example rms', 'user offboard jane@corp.example rms-auth@ENV'],
    ['restart rms@prod --reason', 'restart rms-auth@prod'],
    ['block x rms@prod --reason "a b"', 'block x rms-auth@prod --reason=a b'],
  ])('the answer to %s says what to type', async (text, typed) => {
    for (const kind of ['command', 'mention'] as const) {
      const { text: answer, requests } = await use(text, { kind, late: true });
      expect(answer.replaceAll('"', '')).toContain(`/auth ${typed}`);
      expect(requests).toEqual([]);
    }
  });

  test('the buttons have the target where it is usually typed', async () => {
    const { said } = await use('block 203.0.113.7 --reason "a b"', { late: true });
    expect(buttonsIn(said)[0]?.value).toBe('block 203.0.113.7 rms-auth@prod --reason "a b"');
  });

  test('a plan that cannot be made says so too, and opens no form', async () => {
    const { text, opened, previews } = await use('plan block 203.0.113.7');
    expect([opened, previews]).toEqual([[], []]);
    expect(text).toContain('/auth plan block 203.0.113.7 SERVICE@ENV');
  });
});

describe('a button', () => {
  test.each([
    'restart rms-auth@prod --reason x',
    'restart rms-auth@prod --dry-run=no',
    'offboard jane@corp.example all@prod',
  ])('that names a change opens its form and changes nothing: %s', async (text) => {
    const { opened, requests, previews, values } = await use(text, { kind: 'click' });
    expect([requests, previews]).toEqual([[], []]);
    expect(opened).toHaveLength(1);
    expect(values.target).not.toBeNull();
  });

  test('says what to type when its form does not open', async () => {
    const { text, requests } = await use('restart rms-auth@prod', { kind: 'click', late: true });
    expect(text).toContain('/auth restart rms-auth@prod');
    expect(requests).toEqual([]);
  });

  test.each(['approve R7', 'stop-all now', 'resume-all', 'cancel R7', 'deny R7 no'])(
    'that was made to say %s does nothing',
    async (text) => {
      const { text: said, ballots, cancelled, tools } = await use(text, { kind: 'click' });
      expect([ballots, cancelled]).toEqual([[], []]);
      expect((await tools.killSwitch.state()).on).toBe(false);
      expect(said).toContain('belongs to nothing that I know');
    },
  );

  test('shows a plan, which leads to the form', async () => {
    const { previews, said, requests } = await use('plan restart rms-auth@prod --reason "a b"', {
      kind: 'click',
    });
    expect(previews).toHaveLength(1);
    expect(requests).toEqual([]);
    const [button] = buttonsIn(said);
    expect(button?.value).toBe('restart rms-auth@prod --reason="a b"');
    const { values, opened } = await use(button?.value ?? '', { kind: 'click' });
    expect(opened).toHaveLength(1);
    expect(values).toMatchObject({ target: 'rms-auth@prod', reason: 'a b' });
  });

  test('puts a mistyped change right, and opens its form', async () => {
    const { said } = await use('restrat rms-auth@prod --reason "a b"');
    const [button] = buttonsIn(said);
    expect(button?.value).toBe('restart rms-auth@prod --reason "a b"');
    expect(JSON.stringify(said)).toContain('…');
    const { opened, requests } = await use(button?.value ?? '', { kind: 'click' });
    expect(opened).toHaveLength(1);
    expect(requests).toEqual([]);
  });
});
