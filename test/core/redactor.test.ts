import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/core/redactor.ts';

const { redact } = createRedactor();

describe('what looks like a secret does not leave', () => {
  test.each([
    ['a bot token of Slack', 'use xoxb-1234-abcdEFGH now', 'use [secret] now'],
    ['a rotated token of Slack', 'xoxe.xoxb-1-MTIzNDU2', '[secret]'],
    ['an app token of Slack', 'xapp-1-A1-2-abcdef', '[secret]'],
    [
      'an address to answer to',
      'https://hooks.slack.com/commands/T1/2/abcdef',
      'https://hooks.slack.com/commands/[secret]',
    ],
    ['a bearer token', 'sent Bearer abcdefgh.ijkl', 'sent Bearer [secret]'],
    ['basic authentication', 'sent Basic dXNlcjpwYXNz', 'sent Basic [secret]'],
    ['a JSON web token', 'got eyJhbGciOi.eyJzdWIiOi.c2ln', 'got [secret]'],
    ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE', '[secret]'],
    ['a one-time password', 'approve R-1 --code 123 456 now', 'approve R-1 --code [secret] now'],
    ['a token of GitHub', `ghp_${'a1'.repeat(18)}`, '[secret]'],
    [
      'a password in a URL',
      'postgres://app:p@ss@db:5432/auth',
      'postgres://app:[secret]@db:5432/auth',
    ],
    ['a token in a URL', 'https://abcdefghij0123456789@host/', 'https://[secret]@host/'],
    ['an assigned value', 'PGPASSWORD=hunter2 psql', 'PGPASSWORD=[secret] psql'],
    ['a value in a query string', '/a?api_key=abc&page=2', '/a?api_key=[secret]&page=2'],
    ['a value in YAML', 'client_secret: hunter2', 'client_secret: [secret]'],
    ['a quoted value', 'token = "two words"', 'token = "[secret]"'],
    ['a flag', '--password hunter2 --force', '--password [secret] --force'],
    ['a value in JSON', '{"passwd":"a \\"b\\" c","n":1}', '{"passwd":"[secret]","n":1}'],
    ['a number in JSON', '{"token":123456}', '{"token":"[secret]"}'],
    [
      'JSON inside of JSON',
      '{"m":"{\\"password\\":\\"a b\\",\\"n\\":1}"}',
      '{"m":"{\\"password\\":\\"[secret]\\",\\"n\\":1}"}',
    ],
  ])('%s', (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test('a private key, also on one line and cut off', () => {
    const key =
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4\n\nMIIE+a/b=\n-----END RSA PRIVATE KEY-----';
    expect(redact(`before ${key} after`)).toBe('before [secret] after');
    expect(redact(JSON.stringify({ key }))).toBe('{"key":"[secret]"}');
    expect(redact(JSON.stringify({ key: key.slice(0, 50) }))).toBe('{"key":"[secret]"}');
  });

  test('a piece of a private key, as a search through a log cuts it out of its frame', () => {
    const body = [
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDc4k1pV0s2x8Hh',
      'q9Zk3/+A5w==',
    ];
    const wide = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW';
    expect(redact(`${body[0]}\n`)).toBe('[secret]\n');
    expect(redact(`found ${wide} here`)).toBe('found [secret] here');
    expect(redact(`${body.join('\n')}\n-----END PRIVATE KEY-----\nnext`)).toBe(
      '[secret]\n[secret]\nnext',
    );
    expect(redact(JSON.stringify({ cut: `x\n${body[0]}\ny` }))).toBe('{"cut":"x\\n[secret]\\ny"}');
  });
});

describe('what is only said of secrets stays readable', () => {
  test.each([
    '4f2b8c1e9d7a6035f4e3d2c1b0a99887766554433221100ffeeddccbbaa99887',
    'read /srv/auth/releases/current/node/modules/server/sessions/store/entry',
    'SHA512 of it: 7Kq8mQ0rZ2b1vN5c9XyT4wLhJfGdSaPoIuYtRrEeWwQqMmNnBbVvCcXxZzLlKkJjHhGgFfDdSsAaPpOoIiUuYyTt',
    'session token expired for 3 people',
    'Basic authentication is off, Bearer authentication is on',
    'tokens: 12',
    '{"token":null,"secret":true,"password":""}',
    'postgres://app@db:5432/auth',
    'https://auth.example/health?deep=1',
    'rust-auth@prod is up, 200 in 12 ms',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('a registered value', () => {
  test('does not leave: as it is, quoted, in a URL or in base64', () => {
    const redactor = createRedactor({ secrets: ['first!secret'] });
    redactor.register('s3 "cret"/ü');
    const said = [
      'first!secret and s3 "cret"/ü',
      JSON.stringify({ a: 's3 "cret"/ü' }),
      `/?a=${encodeURIComponent('s3 "cret"/ü')}`,
      Buffer.from('first!secret').toString('base64'),
    ];
    expect(said.map(redactor.redact)).toEqual([
      '[secret] and [secret]',
      '{"a":"[secret]"}',
      '/?a=[secret]',
      '[secret]',
    ]);
  });

  test('that is an address takes its password along, which may stand alone somewhere', () => {
    const { redact: knowing } = createRedactor({
      secrets: ['postgres://auth:correct%2Fhorse@db:5432/auth', 'redis://:bad%zzpercent@cache'],
    });
    expect(knowing('no service postgres://auth:correct%2Fhorse, not correct/horse either')).toBe(
      'no service postgres://auth:[secret], not [secret] either',
    );
    expect(knowing('AUTH bad%zzpercent')).toBe('AUTH [secret]');
  });

  test('is not looked for when it is too short, half a character, or part of what replaces it', () => {
    const { redact: careless } = createRedactor({ secrets: ['up', '', '\ud83d', 'secret'] });
    expect(careless('it is up 😀 [secret]')).toBe('it is up 😀 [secret]');
  });

  test('goes out of every string of plain data, and nothing else changes', () => {
    const { redactAll } = createRedactor({ secrets: ['hunter2!'] });
    const when = new Date(0);
    expect(redactAll({ a: ['x hunter2!', 1, null], b: { c: 'hunter2!' }, when })).toEqual({
      a: ['x [secret]', 1, null],
      b: { c: '[secret]' },
      when,
    });
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'password',
      '=',
      ':',
      ' ',
      '"',
      "'",
      '\\',
      '\\"',
      'xoxb-',
      'eyJabcde',
      '.',
      '://',
      '@',
      '😀',
    ],
    ...[
      'Bearer ',
      'Basic ',
      'token',
      '{',
      '}',
      '[secret]',
      'hunter2!',
      '--',
      '\n',
      'secret',
      '12345',
    ],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE KEY-----',
      'hooks.slack.com/a/',
      'abcdefg',
    ],
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 24 });
  const { redact: knowing } = createRedactor({ secrets: ['hunter2!', 'pa"ss\\word'] });

  test('is the same after a second time, keeps its characters whole, and has no registered value', () => {
    fc.assert(
      fc.property(text, (parts) => {
        const once = knowing(parts.join(''));
        expect(knowing(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toContain('hunter2!');
      }),
      { numRuns: 20_000 },
    );
  });

  test('is still JSON when it was JSON', () => {
    const key = fc.oneof(fc.constantFrom('password', 'token', 'a'), fc.string({ maxLength: 3 }));
    const leaf = fc.oneof(
      text.map((parts) => parts.join('')),
      fc.integer(),
      fc.boolean(),
    );
    const json = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)));
    fc.assert(
      fc.property(json, (value) => {
        JSON.parse(knowing(JSON.stringify(value)));
        JSON.parse(knowing(JSON.stringify({ line: JSON.stringify(value) })));
      }),
      { numRuns: 10_000 },
    );
  });

  test.each(
    [
      'a',
      '-',
      '"',
      '\\',
      '://',
      '://a:',
      'eyJ-',
      'eyJabcde.',
      'xoxb-',
      'Bearer ',
      'Basic aaaa+',
    ].concat(
      ['password', 'password="', 'password=\\"\\', 'token        ', '--token ', '[secret]'],
      ['-----BEGIN PRIVATE KEY-----', 'hooks.slack.com/a/', '(', 'hunter2!'],
      ['aA1', 'aA1 ', '\\nA', 'A \n', '-----END PRIVATE KEY', '-----END PRIVATE KEY-----'],
    ),
  )('of a million characters made of %s is done in a moment', { timeout: 10_000 }, (unit) => {
    const short = unit.repeat(1_000);
    const long = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(typeof knowing(short + long)).toBe('string');
  });
});
