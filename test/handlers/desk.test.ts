import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Standing } from '../../src/core/person.ts';
import type { Policy } from '../../src/core/policy.ts';
import { defineQuery } from '../../src/core/query.ts';
import { targetName } from '../../src/core/target.ts';
import { createDesk } from '../../src/handlers/create-desk.ts';
import type { Answer, Asked } from '../../src/handlers/desk.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

const service = (name: string, environments: string[], aliases: string[] = []) => ({
  name,
  title: name.toUpperCase(),
  runbook: '000',
  owners: [],
  aliases,
  environments: environments.map((env) => ({ name: env, production: env === 'prod', drivers: {} })),
});

const catalogue: Catalogue = {
  services: [service('rms-auth', ['prod'], ['rms']), service('rust-auth', ['staging', 'prod'])],
  defaultEnv: 'staging',
};

const status = defineQuery({
  name: 'status',
  summary: 'Shows how the services are.',
  examples: ['status', 'status rust-auth@prod'],
  aliases: ['st'],
  risk: 'read',
  aim: 'optional',
  runbook: '000 Morning',
  params: z.object({ deadline: z.string().default('2s').describe('For each check') }),
  async run(_params, target, { catalogue: seen, clock }) {
    const names = target
      ? [targetName(target)]
      : seen.services.flatMap(({ name, environments }) =>
          environments.map((env) => `${name}@${env.name}`),
        );
    return {
      title: 'Status',
      parts: [
        {
          kind: 'states',
          rows: names.map((name) => ({
            health: 'up',
            name,
            detail: '200 in 12 ms, token hunter2',
            at: clock.now() - 300,
            more: { label: 'Details', command: `status ${name}` },
          })),
        },
      ],
      next: [{ label: 'Refresh', command: 'status' }],
    };
  },
});

const logs = defineQuery({
  name: 'logs',
  summary: 'Shows the log.',
  examples: ['logs rust-auth@prod --since 15m'],
  aliases: ['show logs'],
  risk: 'read-sensitive',
  aim: 'one',
  runbook: '002 Logs',
  params: z.object({
    since: z.enum(['15m', '1h']).default('15m'),
    grep: z.string().optional(),
    broken: z.boolean().default(false),
  }),
  async run({ broken, grep }, target) {
    if (broken) throw new TargetError('journal: hunter2 refused', { retryable: true });
    if (grep === 'bug') throw new TypeError('a bug');
    const lines = Array.from(
      { length: 100 },
      (_, i) => `line ${i + 1} <b> ${i % 10 ? '' : 'timeout'}`,
    );
    return {
      title: 'Log',
      parts: [
        { kind: 'log', name: target ? targetName(target) : '', lines, total: 1482, complete: true },
      ],
      next: [],
    };
  },
});

const explain = defineQuery({
  name: 'explain',
  summary: 'Says what a command does.',
  examples: ['explain flushall'],
  aliases: [],
  risk: 'read',
  aim: 'none',
  runbook: '000',
  params: z.object({ words: z.array(z.string()).min(1) }),
  run: async ({ words }) => ({
    title: 'Explained',
    parts: [{ kind: 'text', text: words.join('+') }],
    next: [],
  }),
});

const policy: Policy = {
  roles: { oncall: { members: ['user:UON'] }, viewer: { members: ['group:S1'] } },
  grants: [
    { role: '*', allow: ['risk:read'], deny: [], env: ['*'] },
    { role: 'oncall', allow: ['risk:read-sensitive'], deny: [], env: ['*'] },
    { role: 'viewer', allow: [], deny: ['*'], env: ['prod'] },
  ],
};

const people: Record<string, Standing> = {
  UON: { kind: 'member', person: { id: 'UON', team: 'T1', roles: ['oncall'] } },
  UVIEW: { kind: 'member', person: { id: 'UVIEW', team: 'T1', roles: ['viewer'] } },
  UANY: { kind: 'member', person: { id: 'UANY', team: 'T1', roles: [] } },
  UGUEST: { kind: 'refused', why: 'guest' },
};

function deskFor() {
  const logged: unknown[] = [];
  const log = {
    debug: () => {},
    info: () => {},
    warn: (f: object) => logged.push(f),
    error: (f: object) => logged.push(f),
  };
  const desk = createDesk({
    queries: [status, logs, explain],
    catalogue,
    policy,
    directory: {
      standing: async (id) => people[id] ?? Promise.reject(new Error('users.info: ratelimited')),
    },
    targets: { probes: async () => [], offer: async () => null, close: async () => {} },
    clock: { now: () => now, monotonic: () => 0 },
    log,
    redact: (text) => text.replaceAll('hunter2', '[redacted]'),
    botName: 'Gatehouse',
  });
  return { desk, logged };
}

async function ask(asked: Partial<Asked> & { kind: Asked['kind'] }, by = 'UON') {
  const { desk, logged } = deskFor();
  const said: Message[] = [];
  const files: { name: string; content: string; comment: string }[] = [];
  const homes: View[] = [];
  const answer: Answer = {
    say: async (message) => void said.push(message),
    attach: async (file) => void files.push(file),
    replace: async () => {},
    open: async () => {},
    home: async (view) => void homes.push(view),
  };
  const place = { channel: 'C1', thread: null };
  await desk.handle({ asker: { id: by, team: 'T1' }, place, ...asked } as Asked, answer);
  return { said, files, homes, logged, text: JSON.stringify(said) };
}

const type = (text: string, by?: string) => ask({ kind: 'command', text }, by);

/** The commands that the buttons of an answer type. */
const buttonsIn = (said: unknown): string[] =>
  [...JSON.stringify(said).matchAll(/"value":"((?:[^"\\]|\\.)*)"/g)].map(
    ([, value]) => JSON.parse(`"${value}"`) as string,
  );

describe('a command', () => {
  test('answers with the report: state in words, age, and a button for more', async () => {
    const { said, text } = await type('status');
    expect(said).toHaveLength(1);
    expect(text).toContain(':large_green_circle: *rms-auth@prod* up');
    expect(text).toContain(' · just now');
    expect(buttonsIn(said)).toEqual([
      'status rms-auth@prod',
      'status rust-auth@staging',
      'status rust-auth@prod',
      'status',
    ]);
  });

  test('passes the redactor', async () => {
    const { text } = await type('status');
    expect(text).toContain('token [redacted]');
    expect(text).not.toContain('hunter2');
  });

  test('says which environment was taken when none was named', async () => {
    expect((await type('status rust-auth')).text).toContain('this is staging');
    expect((await type('status RMS')).text).toContain('this is prod');
  });

  test('shows both ends of a long log and sends the whole as a file', async () => {
    const { text, files } = await type('logs rust-auth@prod');
    expect(text).toContain('first 20 + last 20 of 100 of 1,482 lines');
    expect(text).toContain('line 20 &lt;b&gt;');
    expect(text).not.toContain('line 21 ');
    expect(text).toContain('line 81 &lt;b&gt;');
    expect(files).toHaveLength(1);
    expect(files[0]?.name).toBe('rust-auth@prod.log');
    expect(files[0]?.comment).toBe('All 100 lines of rust-auth@prod that were read');
    expect(files[0]?.content.split('\n')).toHaveLength(101);
  });

  test('can be narrowed by filters', async () => {
    const { text, files } = await type('logs rust-auth@prod | grep TIMEOUT | head 3');
    expect(text).toContain('3 of at least 10 lines');
    expect(files).toEqual([]);
    expect((await type('logs rust-auth@prod | count')).text).toContain('1,482 lines');
  });

  test('a target that fails is said in one sentence, redacted, and logged as itself', async () => {
    const { text, logged } = await type('logs rust-auth@prod --broken');
    expect(text).toContain('journal: [redacted] refused');
    expect(logged).toMatchObject([{ err: { message: 'journal: hunter2 refused' } }]);
  });

  test('any other fault is left to the bot, which gives it a code', async () => {
    await expect(type('logs rust-auth@prod --grep bug')).rejects.toThrow('a bug');
  });
});

describe('what cannot be done is refused with the way on', () => {
  test.each<[string, string, string[]]>([
    ['statsu', 'Did you mean `status`', ['status']],
    [
      'status rust-atuh@prod',
      'Did you mean `rust-auth@prod`',
      ['status rust-auth@prod', 'status rms-auth@prod'],
    ],
    ['status rust-auth@prdo', 'Did you mean `rust-auth@prod`', ['status rust-auth@prod']],
    ['status --deadlin 5s', 'Did you mean `--deadline`', ['status --deadline 5s']],
    [
      'logs',
      'needs a target',
      ['logs rms-auth@prod', 'logs rust-auth@staging', 'logs rust-auth@prod'],
    ],
    [
      'show logs --since 1h',
      'needs a target',
      [
        'show logs rms-auth@prod --since 1h',
        'show logs rust-auth@staging --since 1h',
        'show logs rust-auth@prod --since 1h',
      ],
    ],
    [
      'status rust-atuh --env prod',
      'Did you mean `rust-auth@prod`',
      ['status rust-auth@prod', 'status rms-auth@prod'],
    ],
    ['statsu --env prod', 'Did you mean `status`', ['status --env prod']],
    ['statsu --env prdo', 'Did you mean `status`', []],
    [
      'status rust-atuh --deadlin 5s',
      'Did you mean `--deadline`',
      ['status rust-atuh --deadline 5s'],
    ],
    ['logs --env prod', 'needs a target', ['logs rms-auth@prod', 'logs rust-auth@prod']],
    ['--env prod', 'A command begins with its name', []],
    ['status rust-auth --env prdo', 'no environment `prdo`', ['status rust-auth@prod']],
    ['help statsu', 'Did you mean `status`', ['help status']],
    ['logs rust-auth --since 2h', '--since', []],
    ['logs rust-auth --since', 'needs a value', []],
    ['logs rust-auth --grep a --grep b', 'given twice', []],
    ['logs rust-auth@prod --env staging', 'Name one environment', []],
    ['status rust-auth@prod extra', 'does not know what to do with `extra`', []],
    ['status | sort', 'cannot be read as a filter', []],
    ['status | grep', 'as a filter. There are', []],
    ['status | grpe x', 'Did you mean `grep`', []],
    ['"never closed', 'never closed', []],
    ['x'.repeat(2_001), '2,001 characters', []],
    ['nonsense', '/auth help', []],
    ['explain', 'something has to follow it', []],
  ])('%.60s', async (text, sentence, buttons) => {
    const { said } = await type(text);
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toContain(sentence);
    expect(buttonsIn(said)).toEqual(buttons);
  });

  test('a command that no rule allows names the role that could', async () => {
    const { said } = await type('logs rust-auth@prod', 'UANY');
    expect(said[0]?.text).toContain(
      'No rule of the grants allows it to you. Somebody with the role `oncall`',
    );
  });

  test('a denial names its rule', async () => {
    const { said } = await type('status rms-auth@prod', 'UVIEW');
    expect(said[0]?.text).toContain('Rule 3 of the grants forbids it to the role `viewer`');
  });

  test('suggestions never lead to what the person may not use', async () => {
    const { said } = await type('status rust-auth@prdo', 'UVIEW');
    expect(buttonsIn(said)).toEqual([]);
    expect((await type('lgos', 'UANY')).said[0]?.text).not.toContain('`logs`');
  });

  test('a guest gets one sentence and nothing else', async () => {
    const { said } = await type('status', 'UGUEST');
    expect(said[0]?.text).toContain('Guests of the workspace cannot use Gatehouse');
  });

  test('whoever cannot be looked up may read what is free for all, and nothing more', async () => {
    expect((await type('status', 'ULOST')).text).toContain('rms-auth@prod');
    const { said } = await type('logs rust-auth@prod', 'ULOST');
    expect(said[0]?.text).toContain('could not be looked up (`users.info: ratelimited`)');
  });
});

describe('a person sees only what is theirs', () => {
  test('the overview leaves out what they may not look at', async () => {
    const { text } = await type('status', 'UVIEW');
    expect(text).toContain('rust-auth@staging');
    expect(text).not.toContain('@prod');
  });

  test('and of one environment only that, when it is named alone', async () => {
    expect((await type('status')).text).toMatch(/@staging.*@prod|@prod.*@staging/s);
    const { text } = await type('status --env=PROD');
    expect(text).toContain('@prod');
    expect(text).not.toContain('@staging');
  });

  test('the help lists only what they may use', async () => {
    const mine = await type('help');
    expect(mine.text).toMatch(/Look closer.*_rule 2 for oncall_.*`logs`/);
    const { text } = await type('help', 'UANY');
    expect(text).toContain('`status`');
    expect(text).not.toContain('logs');
  });

  test('the help of one command shows flags and offers it on real targets', async () => {
    const { said, text } = await type('help logs');
    expect(text).toContain('logs SERVICE[@ENV] [--since VALUE] [--grep VALUE] [--broken]');
    expect(text).toContain('allowed by: `rule 2 for oncall`');
    expect(buttonsIn(said)).toContain('logs rms-auth@prod');
  });

  test('whoami says which roles and why, and what may be done by which rule', async () => {
    const { text } = await type('whoami');
    expect(text).toContain('*Role oncall*: named in the configuration file');
    expect(text).toContain('*prod (rule 2 for oncall), staging (rule 2 for oncall)*: logs');
  });

  test('nothing typed: a card with services and buttons', async () => {
    const { said, text } = await type('');
    expect(text).toContain('`rms-auth@prod`');
    expect(buttonsIn(said)).toEqual(['status', 'help', 'whoami']);
  });
});

describe('everywhere else', () => {
  test('a mention in a thread is answered, but nothing sensitive', async () => {
    const { text } = await ask({ kind: 'mention', text: 'status' });
    expect(text).toContain('rms-auth@prod');
    const { said } = await ask({ kind: 'mention', text: 'logs rust-auth@prod' });
    expect(said[0]?.text).toContain('Use `/auth logs rust-auth@prod`: only you see the answer.');
  });

  test('a button types its command', async () => {
    const { text } = await ask({ kind: 'click', action: 'ask:3', value: 'status rms-auth@prod' });
    expect(text).toContain('rms-auth@prod');
  });

  test('a button value is taken as it is, not as Slack would have sent it', async () => {
    const { text } = await ask({ kind: 'click', action: 'ask', value: 'explain &amp; "<@U1|x>"' });
    expect(text).toContain('&amp;amp;+&lt;@U1|x&gt;');
  });

  test.each([
    ['x'.repeat(3_000), '3,000 characters'],
    ['drop tables', 'There is no command'],
  ])('a tampered button is refused: %.20s', async (value, sentence) => {
    const { said } = await ask({ kind: 'click', action: 'ask', value });
    expect(said[0]?.text).toContain(sentence);
  });

  test.each([
    ['click', { action: 'run.approve', value: 'x' }, 'This button belongs to nothing'],
    ['submission', { callback: 'x', values: {} }, 'This form belongs to nothing'],
    ['shortcut', { callback: 'x', text: '' }, 'This button belongs to nothing'],
  ] as const)('an unknown %s does nothing and says so', async (kind, rest, sentence) => {
    const { said } = await ask({ kind, ...rest } as never);
    expect(said[0]?.text).toContain(sentence);
  });

  test('the shortcuts of the manifest check all services and explain a message', async () => {
    const all = await ask({ kind: 'shortcut', callback: 'check-services', text: '' });
    expect(all.text).toContain('rms-auth@prod');
    const told = await ask({
      kind: 'shortcut',
      callback: 'explain-message',
      text: 'run `redis-cli --scan | xargs del` &amp; "go',
    });
    expect(told.text).toContain('run+redis-cli+--scan+|+xargs+del+&amp;+');
  });

  test('the Home tab shows how the services are and what one may do', async () => {
    const { homes, said } = await ask({ kind: 'home' });
    expect(JSON.stringify(homes)).toContain(':large_green_circle: *');
    expect(JSON.stringify(homes)).toContain('`logs`');
    expect(said).toEqual([]);
    expect((await ask({ kind: 'click', action: 'home', value: '' })).homes).toHaveLength(1);
    expect(JSON.stringify((await ask({ kind: 'home' }, 'UGUEST')).homes)).toContain('Guests');
  });
});

describe('whether something may change is known before anything is looked up', () => {
  const { desk } = deskFor();
  const asker = { id: 'UON', team: 'T1' };
  const place = { channel: 'C1', thread: null };
  test.each<[Asked, boolean]>([
    [{ kind: 'command', text: 'status', asker, place }, false],
    [{ kind: 'command', text: '', asker, place }, false],
    [{ kind: 'command', text: 'help', asker, place }, false],
    [{ kind: 'command', text: '"never closed', asker, place }, false],
    [{ kind: 'mention', text: 'status', asker, place }, false],
    [{ kind: 'click', action: 'ask:1', value: 'status', asker, place }, false],
    [{ kind: 'click', action: 'home', value: '', asker, place: null }, false],
    [{ kind: 'click', action: 'run.approve', value: 'status', asker, place }, true],
    [{ kind: 'submission', callback: 'x', values: {}, asker }, true],
    [{ kind: 'shortcut', callback: 'check-services', text: '', asker, place }, false],
    [{ kind: 'shortcut', callback: 'other', text: '', asker, place }, true],
    [{ kind: 'shortcut', callback: 'constructor', text: '', asker, place }, true],
    [{ kind: 'command', text: 'constructor __proto__', asker, place }, false],
    [{ kind: 'home', asker }, false],
  ])('%j', (asked, changes) => {
    expect(desk.changes(asked)).toBe(changes);
  });
});
