import { expect, test } from 'vitest';
import { createLog } from '../../src/config/log.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { Secret } from '../../src/core/secret.ts';

const canary = 'canary-7f3a"91\\c';
const token = 'xoxb-1234-5678-canarycanary';

function logged(level: 'debug' | 'info' = 'debug') {
  const lines: string[] = [];
  const redactor = createRedactor({ secrets: [canary] });
  const log = createLog({ level, redactor, write: (line) => void lines.push(line) });
  return { log, lines, entry: () => JSON.parse(lines.at(-1) ?? '') };
}

const failing = (message: string, more: object = {}) => Object.assign(new Error(message), more);

for (const [name, secret] of Object.entries({ 'a registered secret': canary, 'a token': token })) {
  const ways: Record<string, (log: ReturnType<typeof logged>['log']) => void> = {
    'the message': (log) => log.info({}, `using ${secret} now`),
    'a field': (log) => log.info({ found: secret }, 'said'),
    'a field four levels down': (log) => log.info({ a: { b: { c: { d: secret } } } }, 'said'),
    'a field of another case': (log) => log.info({ PASSWORD: secret }, 'said'),
    'a key': (log) => log.info({ [secret]: 1 }, 'said'),
    'an array': (log) => log.info({ list: [1, [secret]] }, 'said'),
    'a URL': (log) => log.info({ url: `https://u:${secret}@host/?t=${secret}` }, 'said'),
    'an encoded URL': (log) => log.info({ url: `/?t=${encodeURIComponent(secret)}` }, 'said'),
    'the message of an error': (log) => log.error({ err: failing(secret) }, 'said'),
    'the cause of an error': (log) =>
      log.error({ err: new Error('outer', { cause: failing(secret) }) }, 'said'),
    'the code of an error': (log) => log.error({ err: failing('x', { code: secret }) }, 'said'),
    'a property of an error': (log) =>
      log.error({ err: failing('x', { request: { headers: { authorization: secret } } }) }, 'said'),
    'one of several errors': (log) =>
      log.error({ err: new AggregateError([failing(secret)], 'all failed') }, 'said'),
    'an error alone': (log) => log.error(failing(secret)),
    'what a child carries': (log) => log.child({ carried: secret }).info({}, 'said'),
    'what printf fills in': (log) => log.info({}, 'said %s and %j', secret, { secret }),
    'a header': (log) => log.info({ req: { headers: { Authorization: `Bearer ${secret}` } } }, 'x'),
    'a Secret': (log) => log.info({ held: new Secret(secret) }, 'said'),
    'JSON in a field': (log) => log.info({ body: JSON.stringify({ password: secret }) }, 'said'),
  };
  test.each(Object.entries(ways))(`${name} does not come out through %s`, (_way, write) => {
    const { log, lines, entry } = logged();
    write(log);
    const all = lines.join('');
    expect(lines).toHaveLength(1);
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      expect(all).not.toContain(form);
    }
    expect(all).not.toContain('canary');
    expect(entry()).toMatchObject({ level: expect.any(String) });
  });
}

test('the known paths are censored even when what sits there looks like nothing', () => {
  const { log, entry } = logged();
  log.info({ password: 'up', user: { token: 'down' }, a: { b: { secret: 'x' } } }, 'said');
  expect(entry()).toMatchObject({
    password: '[secret]',
    user: { token: '[secret]' },
    a: { b: { secret: '[secret]' } },
  });
});

test('what sits at a known path does not come out, whatever kind of value it is', () => {
  const { log, lines, entry } = logged();
  log.info({ token: { part: 'tail-of-it' }, session: { cookie: ['tail-of-it'] }, secret: 7 }, 'x');
  expect(lines.join('')).not.toContain('tail-of-it');
  expect(entry()).toMatchObject({ token: '[secret]', secret: '[secret]' });
});

test('a line says when, how bad, what, and why with the causes and the stack', () => {
  const { log, entry } = logged();
  const cause = failing('connection refused', { code: 'ECONNREFUSED', socket: { host: 'x' } });
  log.warn({ service: 'rust-auth', err: new Error('no answer', { cause }) }, 'A check failed');
  expect(entry()).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    service: 'rust-auth',
    msg: 'A check failed',
    err: {
      name: 'Error',
      message: 'no answer',
      stack: expect.stringContaining('log.test.ts'),
      cause: {
        name: 'Error',
        message: 'connection refused',
        code: 'ECONNREFUSED',
        stack: expect.stringContaining('log.test.ts'),
      },
    },
  });
});

test('what is less severe than the level is not written', () => {
  const { log, lines } = logged('info');
  log.debug({}, 'said');
  expect(lines).toEqual([]);
});
