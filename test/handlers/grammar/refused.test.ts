import { expect, test } from 'vitest';
import type { Refusal } from '../../../src/core/refusal.ts';
import { meaningOf } from './some-commands.ts';

/** A text, why it is refused, the words that may have been meant, and the buttons that say so. */
type Row = [text: string, why: object, words?: string[] | null, buttons?: string[] | null];

test.each<Row>([
  [
    'status --env prdo',
    { kind: 'unknown-env', service: 'all', word: 'prdo', known: ['prod', 'staging', 'dev', 'lab'] },
    ['prod'],
    [],
  ],
  [
    'peek x all@prdo',
    { kind: 'unknown-env', service: 'all', word: 'prdo', known: ['prod', 'staging', 'dev', 'lab'] },
    ['prod'],
    [],
  ],
  [
    'logs cahce',
    { kind: 'unknown-service', word: 'cahce', known: ['rms-auth', 'rust-auth', 'idp', 'desk'] },
    [],
    [],
  ],
  ['peek x all@prod@lab', { kind: 'not-everywhere', command: 'peek' }],
  ['restrat a', { kind: 'unknown-verb', word: 'restrat' }, ['restart'], ['restart a …']],
  ['peek x all@prod --env lab', { kind: 'two-envs', one: 'prod', other: 'lab' }],
  [
    'logs --env prod --since 5m',
    { kind: 'missing-target', command: 'logs' },
    ['rms-auth@prod', 'rust-auth@prod'],
    ['logs rms-auth@prod --since 5m', 'logs rust-auth@prod --since 5m'],
  ],
  ['status rust-auth@prod --env staging', { kind: 'two-envs', one: 'prod', other: 'staging' }],
  [
    'status all',
    { kind: 'missing-env', command: 'status', service: 'all' },
    ['all@prod', 'all@staging', 'all@dev', 'all@lab'],
    ['status all@prod', 'status all@staging', 'status all@dev', 'status all@lab'],
  ],
  [
    'status all@prdo',
    { kind: 'unknown-env', service: 'all', word: 'prdo', known: ['prod', 'staging', 'dev', 'lab'] },
    ['all@prod'],
    ['status all@prod'],
  ],
  [
    'logs',
    { kind: 'missing-target', command: 'logs' },
    ['rms-auth@prod', 'rust-auth@staging', 'rust-auth@prod', 'idp@dev', 'idp@lab'],
    [
      'logs rms-auth@prod',
      'logs rust-auth@staging',
      'logs rust-auth@prod',
      'logs idp@dev',
      'logs idp@lab',
    ],
  ],
  [
    'logs idp',
    { kind: 'missing-env', command: 'logs', service: 'idp' },
    ['idp@dev', 'idp@lab'],
    ['logs idp@dev', 'logs idp@lab'],
  ],
  [
    'restart desk',
    { kind: 'missing-env', command: 'restart', service: 'desk' },
    ['desk@lab'],
    ['restart desk@lab …'],
  ],
  [
    'restart rms',
    { kind: 'missing-env', command: 'restart', service: 'rms-auth' },
    ['rms-auth@prod'],
    ['restart rms-auth@prod …'],
  ],
  [
    'drain all',
    { kind: 'missing-env', command: 'drain', service: 'all' },
    ['all@prod', 'all@staging', 'all@dev', 'all@lab'],
    ['drain all@prod …', 'drain all@staging …', 'drain all@dev …', 'drain all@lab …'],
  ],
  [
    'drain all@satging',
    {
      kind: 'unknown-env',
      service: 'all',
      word: 'satging',
      known: ['prod', 'staging', 'dev', 'lab'],
    },
    ['all@staging'],
    ['drain all@staging …'],
  ],
  ['restart all@prod', { kind: 'not-everywhere', command: 'restart' }],
  [
    'logs rust-atuh',
    { kind: 'unknown-service', word: 'rust-atuh', known: ['rms-auth', 'rust-auth', 'idp', 'desk'] },
    ['rust-auth', 'rms-auth'],
    ['logs rust-auth', 'logs rms-auth'],
  ],
  [
    'logs rust-atuh --env prod',
    { kind: 'unknown-service', word: 'rust-atuh', known: ['rms-auth', 'rust-auth', 'idp', 'desk'] },
    ['rust-auth@prod', 'rms-auth@prod'],
    ['logs rust-auth@prod', 'logs rms-auth@prod'],
  ],
  [
    'logs rust-atuh@prod --lines 5',
    { kind: 'unknown-service', word: 'rust-atuh', known: ['rms-auth', 'rust-auth', 'idp', 'desk'] },
    ['rust-auth@prod', 'rms-auth@prod'],
    ['logs rust-auth@prod --lines 5', 'logs rms-auth@prod --lines 5'],
  ],
  [
    'logs rust-auth@prdo',
    { kind: 'unknown-env', service: 'rust-auth', word: 'prdo', known: ['staging', 'prod'] },
    ['rust-auth@prod'],
    ['logs rust-auth@prod'],
  ],
  [
    'logs rust-auth --env=prdo --lines 5',
    { kind: 'unknown-env', service: 'rust-auth', word: 'prdo', known: ['staging', 'prod'] },
    ['rust-auth@prod'],
    ['logs rust-auth@prod --lines 5'],
  ],
  [
    'logs rust-auth --lines 5 --env prdo | head 3',
    { kind: 'unknown-env', service: 'rust-auth', word: 'prdo', known: ['staging', 'prod'] },
    ['rust-auth@prod'],
    ['logs rust-auth@prod --lines 5 | head 3'],
  ],
  [
    'logs rust-auth@prod --all-pods=no --lines many',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected a number (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --lines 5x',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected a number (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --lines x5',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected a number (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --all-pods=maybe',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [{ where: '--all-pods', what: 'expected true or false', field: 'all-pods' }],
    },
  ],
  [
    'logs rust-auth@prod --lines 501',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected at most 500 (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --lines -1.5',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected a whole number (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --level wran',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--level', what: 'expected warn or error; did you mean warn?', field: 'level' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --level loud',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [{ where: '--level', what: 'expected warn or error', field: 'level' }],
    },
  ],
  [
    'logs rust-auth@prod --sinec=1h',
    {
      kind: 'unknown-flag',
      command: 'logs',
      flag: 'sinec',
      known: ['since', 'lines', 'level', 'all-pods', 'env'],
    },
    ['--since'],
    ['logs rust-auth@prod --since=1h'],
  ],
  ['logs rust-auth@prod --since', { kind: 'flag-without-value', flag: 'since' }],
  ['logs rust-auth@prod --since 1h --since 2h', { kind: 'flag-twice', flag: 'since' }],
  [
    'logs rust-auth@prod --quite',
    {
      kind: 'unknown-flag',
      command: 'logs',
      flag: 'quite',
      known: ['since', 'lines', 'level', 'all-pods', 'env'],
    },
    [],
    [],
  ],
  ['logs rust-auth@prod | grep', { kind: 'bad-filter', filter: 'grep' }, [], []],
  ['logs rust-auth@prod | haed 3', { kind: 'bad-filter', filter: 'haed 3' }, ['head'], []],
  ['logs rust-auth@prod | head x', { kind: 'bad-filter', filter: 'head x' }, [], []],
  ['logs rust-auth@prod | head 0', { kind: 'bad-filter', filter: 'head 0' }, [], []],
  ['logs rust-auth@prod | head --5x', { kind: 'bad-filter', filter: 'head "--5x"' }, [], []],
  ['logs rust-auth@prod | count 3', { kind: 'bad-filter', filter: 'count 3' }, [], []],
  ['logs rust-auth@prod | --head', { kind: 'bad-filter', filter: '--head' }, [], []],
  ['logs rust-auth@prod | sort -r', { kind: 'bad-filter', filter: 'sort --r' }, [], []],
  [
    'logs rust-auth@prod | count | count | count | count | count | count',
    { kind: 'bad-filter', filter: 'count' },
    [],
    [],
  ],
  ['restart rust-auth@prod now', { kind: 'too-many-words', command: 'restart', word: 'now' }],
  [
    'block 203.0.113.7',
    { kind: 'missing-target', command: 'block' },
    ['rms-auth@prod', 'rust-auth@staging', 'rust-auth@prod', 'idp@dev', 'idp@lab'],
    [
      'block 203.0.113.7 rms-auth@prod …',
      'block 203.0.113.7 rust-auth@staging …',
      'block 203.0.113.7 rust-auth@prod …',
      'block 203.0.113.7 idp@dev …',
      'block 203.0.113.7 idp@lab …',
    ],
  ],
  [
    'block nobody rust-auth@prod',
    {
      kind: 'bad-value',
      command: 'block',
      complaints: [
        { where: 'ADDRESS', what: 'expected an address (Which address)', field: 'address' },
      ],
    },
  ],
  [
    'block rust-auth@prod',
    {
      kind: 'bad-value',
      command: 'block',
      complaints: [{ where: 'ADDRESS', what: 'is missing: Which address.', field: 'address' }],
    },
  ],
  [
    'block 203.0.113.7 rust-auth@prod rms',
    { kind: 'too-many-words', command: 'block', word: 'rms' },
  ],
  [
    'block rust-auth@prod rms-auth@prod',
    { kind: 'unclear-target', command: 'block', words: ['rust-auth@prod', 'rms-auth@prod'] },
  ],
  [
    'show',
    {
      kind: 'bad-value',
      command: 'show',
      complaints: [{ where: 'WHAT', what: 'is missing', field: 'what' }],
    },
  ],
  [
    'show env',
    {
      kind: 'bad-value',
      command: 'show env',
      complaints: [{ where: 'what follows it', what: 'is missing', field: 'words' }],
    },
  ],
  [
    'explain',
    {
      kind: 'bad-value',
      command: 'explain',
      complaints: [
        { where: 'what follows it', what: 'is missing: The error to explain.', field: 'words' },
      ],
    },
  ],
  [
    'burn rust-auth@prod',
    {
      kind: 'not-allowed',
      command: 'burn',
      env: null,
      service: null,
      denial: { why: 'denied', rule: 1, role: '*', pattern: 'burn' },
      roles: [],
    },
  ],
  [
    'stauts rust-auth@prod',
    { kind: 'unknown-verb', word: 'stauts' },
    ['status'],
    ['status rust-auth@prod'],
  ],
  [
    'restrat rust-auth@prod',
    { kind: 'unknown-verb', word: 'restrat' },
    ['restart'],
    ['restart rust-auth@prod …'],
  ],
  ['brun rust-auth@prod', { kind: 'unknown-verb', word: 'brun' }, [], []],
  [
    'shwo env a',
    { kind: 'unknown-verb', word: 'shwo' },
    ['show env', 'show'],
    ['show env a', 'show env a'],
  ],
  [
    'shwo env',
    { kind: 'unknown-verb', word: 'shwo' },
    ['show env', 'show'],
    ['show env', 'show env'],
  ],
  ['env lab', { kind: 'unknown-verb', word: 'env' }, ['show env'], ['show env lab']],
  ['shw', { kind: 'unknown-verb', word: 'shw' }, ['show'], ['show']],
  ['logz --since 1h', { kind: 'unknown-verb', word: 'logz' }, ['log'], ['log --since 1h']],
  ['--since 1h logs', { kind: 'unknown-verb', word: '' }, [], []],
  ['', { kind: 'unknown-verb', word: '' }, [], []],
  ['dance', { kind: 'unknown-verb', word: 'dance' }, [], []],
  [
    'restart',
    { kind: 'missing-target', command: 'restart' },
    ['rms-auth@prod', 'rust-auth@staging', 'rust-auth@prod', 'idp@dev', 'idp@lab'],
    [
      'restart rms-auth@prod …',
      'restart rust-auth@staging …',
      'restart rust-auth@prod …',
      'restart idp@dev …',
      'restart idp@lab …',
    ],
  ],
  [
    'restart --dry',
    { kind: 'unknown-flag', command: 'restart', flag: 'dry', known: ['env'] },
    [],
    [],
  ],
  [
    'status rust-auth@pr@od',
    { kind: 'unknown-env', service: 'rust-auth', word: 'pr@od', known: ['staging', 'prod'] },
    ['rust-auth@prod'],
    ['status rust-auth@prod'],
  ],
  [
    'logs rust-auth@prod --lines 5x',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected a number (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --lines x5',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected a number (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --lines 1.25',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [
        { where: '--lines', what: 'expected a whole number (How many lines)', field: 'lines' },
      ],
    },
  ],
  [
    'logs rust-auth@prod --all-pods=onward',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [{ where: '--all-pods', what: 'expected true or false', field: 'all-pods' }],
    },
  ],
  [
    'logs rust-auth@prod --all-pods=upon',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [{ where: '--all-pods', what: 'expected true or false', field: 'all-pods' }],
    },
  ],
  [
    'logs rust-auth@prod --all-pods=piano',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [{ where: '--all-pods', what: 'expected true or false', field: 'all-pods' }],
    },
  ],
  [
    'logs rust-auth@prod --all-pods=nobody',
    {
      kind: 'bad-value',
      command: 'logs',
      complaints: [{ where: '--all-pods', what: 'expected true or false', field: 'all-pods' }],
    },
  ],
  ['logs rust-auth@prod | head 5x', { kind: 'bad-filter', filter: 'head 5x' }, [], []],
  ['logs rust-auth@prod | head x5', { kind: 'bad-filter', filter: 'head x5' }, [], []],
  ['logs rust-auth@prod | grep a --b', { kind: 'bad-filter', filter: 'grep a --b' }, [], []],
  ['logs rust-auth@prod |', { kind: 'bad-filter', filter: '' }, [], []],
  [
    'logs nonsense rust-auth@prod',
    { kind: 'unknown-service', word: 'nonsense', known: ['rms-auth', 'rust-auth', 'idp', 'desk'] },
    [],
    [],
  ],
  [
    'show env --foo a',
    { kind: 'unknown-flag', command: 'show env', flag: 'foo', known: ['env'] },
    [],
    [],
  ],
  ['whoami x', { kind: 'too-many-words', command: 'whoami', word: 'x' }],
  [
    'trace rust-auth --foo',
    { kind: 'unknown-flag', command: 'trace', flag: 'foo', known: ['env'] },
    [],
    [],
  ],
  [
    'block rms',
    { kind: 'missing-env', command: 'block', service: 'rms-auth' },
    ['rms-auth@prod'],
    ['block rms-auth@prod …'],
  ],
  [
    'block rust-auth@nowhere rms',
    { kind: 'missing-env', command: 'block', service: 'rms-auth' },
    ['rms-auth@prod'],
    ['block rust-auth@nowhere rms-auth@prod …'],
  ],
  [
    'block rust-auth@prdo 203.0.113.7',
    { kind: 'unknown-env', service: 'rust-auth', word: 'prdo', known: ['staging', 'prod'] },
    ['rust-auth@prod'],
    ['block rust-auth@prod 203.0.113.7 …'],
  ],
  [
    'block rust-auth@corp.example rms-auth@prdo',
    { kind: 'unknown-env', service: 'rms-auth', word: 'prdo', known: ['prod'] },
    ['rms-auth@prod'],
    ['block rust-auth@corp.example rms-auth@prod …'],
  ],
  [
    'block rust-auth@pr@od 203.0.113.7',
    {
      kind: 'unknown-service',
      word: '203.0.113.7',
      known: ['rms-auth', 'rust-auth', 'idp', 'desk'],
    },
    [],
    [],
  ],
  [
    'show rust-auth@prod',
    {
      kind: 'bad-value',
      command: 'show',
      complaints: [{ where: 'WHAT', what: 'is missing', field: 'what' }],
    },
  ],
  [
    'shwo env abcdef',
    { kind: 'unknown-verb', word: 'shwo' },
    ['show env', 'show'],
    ['show env abcdef', 'show env abcdef'],
  ],
  [
    'sow evn a',
    { kind: 'unknown-verb', word: 'sow' },
    ['show env', 'show'],
    ['show env a', 'show evn a'],
  ],
  [
    'drop rust-auth@prod',
    { kind: 'unknown-verb', word: 'drop' },
    ['drop cache', 'drop table'],
    ['drop cache rust-auth@prod', 'drop table rust-auth@prod'],
  ],
  [
    'drop cahce rust-auth@prod',
    { kind: 'unknown-verb', word: 'drop' },
    ['drop cache'],
    ['drop cache rust-auth@prod'],
  ],
  [
    'redis-cli flushall now',
    { kind: 'unknown-verb', word: 'redis-cli' },
    ['explain'],
    ['explain redis-cli flushall now'],
  ],
  [
    'lock rust-auth@prod "mine"',
    { kind: 'unknown-verb', word: 'lock' },
    ['claim'],
    ['claim rust-auth@prod mine …'],
  ],
  ['show evn x', { kind: 'unknown-verb', word: 'show evn' }, ['show env'], ['show env x']],
  ['dra in', { kind: 'unknown-verb', word: 'dra' }, [], []],
  ['show-env', { kind: 'unknown-verb', word: 'show-env' }, [], []],
  [
    'tag --until 5 red',
    {
      kind: 'bad-value',
      command: 'tag',
      complaints: [{ where: '--until', what: 'expected hours', field: 'until' }],
    },
  ],
  [
    'tag --most 4 red',
    {
      kind: 'bad-value',
      command: 'tag',
      complaints: [
        { where: '--most', what: 'expected at most 3 (At most 3. Or fewer)', field: 'most' },
      ],
    },
  ],
  [
    'tag gren',
    {
      kind: 'bad-value',
      command: 'tag',
      complaints: [
        {
          where: 'what follows it',
          what: 'expected red or green; did you mean green?',
          field: 'words',
        },
      ],
    },
  ],
  [
    'tag blue',
    {
      kind: 'bad-value',
      command: 'tag',
      complaints: [{ where: 'what follows it', what: 'expected red or green', field: 'words' }],
    },
  ],
  ['logs rust-auth@prod | tial 3', { kind: 'bad-filter', filter: 'tial 3' }, ['tail'], []],
  ['logs rust-auth@prod | gerp x', { kind: 'bad-filter', filter: 'gerp x' }, ['grep'], []],
  ['logs rust-auth@prod | conut', { kind: 'bad-filter', filter: 'conut' }, ['count'], []],
  [
    'logs rust-auth --evn prod',
    {
      kind: 'unknown-flag',
      command: 'logs',
      flag: 'evn',
      known: ['since', 'lines', 'level', 'all-pods', 'env'],
    },
    ['--env'],
    ['logs rust-auth --env prod'],
  ],
  ['whoami --env x', { kind: 'unknown-flag', command: 'whoami', flag: 'env', known: [] }, [], []],
])('%s is refused, and says what may have been meant', (text, why, words, buttons) => {
  const refusal = meaningOf(text) as Refusal;
  if (!words) return expect(refusal).toEqual(why);
  const { near, ...rest } = refusal as Extract<Refusal, { near: unknown }>;
  expect(rest).toEqual(why);
  expect(near.words).toEqual(words);
  expect(near.next.map(({ label }) => label)).toEqual(buttons);
  for (const { label, command } of near.next) expect(label.replace(/ …$/, '')).toBe(command);
});

const allow = (env: string[], service?: string[]) => [
  { role: '*', allow: ['*'], deny: [], env, ...(service && { service }) },
];

test('what somebody may do elsewhere alone is refused there', () => {
  const there = { grants: allow(['staging']) };
  expect(meaningOf('logs rust-auth@staging', there)).toMatchObject({ command: 'logs' });
  expect(meaningOf('logs rust-auth@prod', there)).toMatchObject({
    kind: 'not-allowed',
    command: 'logs',
    env: 'prod',
  });
});

test('only what somebody may do it to is said to be known', () => {
  const one = { grants: allow(['*'], ['rust-auth']) };
  expect(meaningOf('logs rms-auht', one)).toMatchObject({ known: ['rust-auth'] });
});

test('no button does what changes something and has no form', () => {
  expect(meaningOf('brun rust-auth@prod', { grants: allow(['*']) })).toEqual({
    kind: 'unknown-verb',
    word: 'brun',
    near: { words: ['burn'], next: [] },
  });
});

test('production has to be named for a change, also where it is what is usually meant', () => {
  const prod = { defaultEnv: 'prod' };
  expect(meaningOf('logs rust-auth', prod)).toMatchObject({ implied: true });
  expect(meaningOf('restart rust-auth', prod)).toMatchObject({ kind: 'missing-env' });
});
