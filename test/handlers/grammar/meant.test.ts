import { expect, test } from 'vitest';
import { meaningOf } from './some-commands.ts';

test.each<[string, string, string, object, object[]?]>([
  ['status', 'status', 'nothing in particular', {}],
  ['st', 'status', 'nothing in particular', {}],
  ['status rust-auth', 'status', 'rust-auth@staging, implied', {}],
  ['status rust-auth@prod', 'status', 'rust-auth@prod', {}],
  ['status RMS@PROD', 'status', 'rms-auth@prod', {}],
  ['status rust-auth --env PROD', 'status', 'rust-auth@prod', {}],
  ['status rust-auth@prod --env prod', 'status', 'rust-auth@prod', {}],
  ['status all@prod', 'status', 'all@prod', {}],
  ['peek', 'peek', 'nothing in particular', {}],
  ['show 1env', 'show', 'nothing in particular', { what: '1env' }],
  ['show env1', 'show', 'nothing in particular', { what: 'env1' }],
  ['peek all', 'peek', 'nothing in particular', {}],
  ['peek x ALL@prod', 'peek', 'everything in prod', { what: 'x' }],
  ['peek x --env PROD', 'peek', 'everything in prod', { what: 'x' }],
  ['peek x all --env prod', 'peek', 'everything in prod', { what: 'x' }],
  ['peek x all@prod --env prod', 'peek', 'everything in prod', { what: 'x' }],
  ['logs desk', 'logs', 'desk@lab, implied', { words: [] }],
  ['restart rust-auth', 'restart', 'rust-auth@staging, implied', {}],
  ['drain all@prod', 'drain', 'all@prod', {}],
  [
    'logs rust-auth@prod --lines 5 --since=1h --all-pods error now',
    'logs',
    'rust-auth@prod',
    { since: '1h', lines: 5, allPods: true, words: ['error', 'now'] },
  ],
  [
    'logs rust-auth@prod | grep a b | head | tail -3 | count',
    'logs',
    'rust-auth@prod',
    { words: [] },
    [
      { kind: 'grep', text: 'a b' },
      { kind: 'head', count: 10 },
      { kind: 'tail', count: 3 },
      { kind: 'count' },
    ],
  ],
  [
    'logs rust-auth@prod | count | count | count | count | count',
    'logs',
    'rust-auth@prod',
    { words: [] },
    [{ kind: 'count' }, { kind: 'count' }, { kind: 'count' }, { kind: 'count' }, { kind: 'count' }],
  ],
  ['note no-7', 'note', 'nothing in particular', { about: 'no-7', words: [] }],
  ['note NO-7 red', 'note', 'nothing in particular', { about: 'NO-7', words: ['red'] }],
  ['note red no-7', 'note', 'nothing in particular', { about: 'no-7', words: ['red'] }],
  ['note no-7 --about no-8', 'note', 'nothing in particular', { about: 'no-8', words: ['no-7'] }],
  ['note no-7 no-8', 'note', 'nothing in particular', { words: ['no-7', 'no-8'] }],
  ['note no-x', 'note', 'nothing in particular', { words: ['no-x'] }],
  ['block 203.0.113.7 rust-auth@prod', 'block', 'rust-auth@prod', { address: '203.0.113.7' }],
  [
    'block 203.0.113.7 rust-auth@prod --note x',
    'block',
    'rust-auth@prod',
    { address: '203.0.113.7', note: 'x' },
  ],
  ['show rust-auth@prod this', 'show', 'rust-auth@prod', { what: 'this' }],
  ['show this', 'show', 'nothing in particular', { what: 'this' }],
  ['show this rust-auth', 'show', 'rust-auth@staging, implied', { what: 'this' }],
  ['show rust-auth', 'show', 'nothing in particular', { what: 'rust-auth' }],
  ['show env --env x a b', 'show env', 'nothing in particular', { env: 'x', words: ['a', 'b'] }],
  ['show env a', 'show env', 'nothing in particular', { words: ['a'] }],
  [
    'explain df -h | grep "a b" --x=1',
    'explain',
    'nothing in particular',
    { words: 'df --h | grep a b --x=1' },
  ],
  ['logs rust-auth@prod --since 5', 'logs', 'rust-auth@prod', { since: '5', words: [] }],
  ['logs rust-auth@prod --since=1h now', 'logs', 'rust-auth@prod', { since: '1h', words: ['now'] }],
  ['logs rust-auth@prod --lines 12', 'logs', 'rust-auth@prod', { lines: 12, words: [] }],
  ['logs rust-auth@prod “too many”', 'logs', 'rust-auth@prod', { words: ['too many'] }],
  ['logs rust-auth@prod --all-pods=no', 'logs', 'rust-auth@prod', { allPods: false, words: [] }],
  ['logs rust-auth@prod --all-pods=YES', 'logs', 'rust-auth@prod', { allPods: true, words: [] }],
  [
    'logs rust-auth@prod | head 12',
    'logs',
    'rust-auth@prod',
    { words: [] },
    [{ kind: 'head', count: 12 }],
  ],
  ['whoami', 'whoami', 'nothing in particular', {}],
  ['whoami | head 3', 'whoami', 'nothing in particular', {}, [{ kind: 'head', count: 3 }]],
  [
    'ask rust-auth@prod why | head 3',
    'ask',
    'rust-auth@prod',
    { words: 'why' },
    [{ kind: 'head', count: 3 }],
  ],
  ['trace rust-auth@prod --env x', 'trace', 'rust-auth@prod', { env: 'x' }],
  ['peek rust-auth', 'peek', 'rust-auth@staging, implied', {}],
  ['peek this', 'peek', 'nothing in particular', { what: 'this' }],
  [
    'tag --until 5h red green',
    'tag',
    'nothing in particular',
    { until: '5h', words: ['red', 'green'] },
  ],
  ['tag', 'tag', 'nothing in particular', { words: [] }],
])('%s means %s on %s', (text, command, on, params, filters = []) => {
  const { target, implied, env, ...rest } = meaningOf(text) as Exclude<
    ReturnType<typeof meaningOf>,
    { kind: string }
  >;
  expect([typeof target, typeof implied]).toEqual(['object', 'boolean']);
  const nothing = env === undefined ? 'nothing in particular' : `everything in ${env}`;
  const place = target ? `${target.service}@${target.env}` : nothing;
  expect(implied ? `${place}, implied` : place).toBe(on);
  expect(rest).toEqual({ command, params, filters });
});
