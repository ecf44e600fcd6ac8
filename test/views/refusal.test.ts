import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/core/refusal.ts';
import { refusalMessage, refusalSentence } from '../../src/views/refusal.ts';

const near = { words: ['status'], next: [{ label: 'status x', command: 'status x' }] };
const command = 'logs';

/** One of each kind, and what its sentence has to say. */
const refusals: { [Kind in Refusal['kind']]: [Extract<Refusal, { kind: Kind }>, RegExp] } = {
  'too-long': [
    { kind: 'too-long', length: 2_500, limit: 2_000 },
    /2,500 characters.*at most 2,000.*Nothing was done.*Shorten/,
  ],
  'hidden-character': [
    { kind: 'hidden-character', code: 'U+202E' },
    /U\+202E.*nothing was done.*Type the command/,
  ],
  'unclosed-quote': [{ kind: 'unclosed-quote', quote: '“' }, /`“` is never closed.*Close it/],
  'bad-filter': [
    { kind: 'bad-filter', filter: 'sort', near },
    /`\| sort` cannot be read as a filter.*Did you mean `status`.*`\| grep TEXT`/,
  ],
  'unknown-verb': [
    { kind: 'unknown-verb', word: 'statsu', near },
    /no command `statsu`. Did you mean `status`\? `\/auth help`/,
  ],
  'unknown-service': [
    { kind: 'unknown-service', word: 'rms', near, known: ['rms-auth'] },
    /no service `rms`.*`status`.*on: `rms-auth`/,
  ],
  'unknown-env': [
    { kind: 'unknown-env', service: 's', word: 'prd', near, known: ['prod'] },
    /`s` has no environment `prd`.*in: `prod`/,
  ],
  'unknown-dependency': [
    { kind: 'unknown-dependency', target: 's@prod', word: 'rediss', near, known: ['redis'] },
    /`s@prod` has no dependency `rediss`. Did you mean `status`\? It has: `redis`/,
  ],
  'unknown-flag': [
    { kind: 'unknown-flag', command, flag: 'sinse', near, known: ['since'] },
    /`logs` has no flag `--sinse`.*It has: `--since`/,
  ],
  'unknown-button': [{ kind: 'unknown-button' }, /nothing was done.*ask again/],
  'unknown-form': [{ kind: 'unknown-form' }, /nothing was done.*Start again/],
  'missing-target': [{ kind: 'missing-target', command, near }, /`logs` needs a target.*Pick one/],
  'missing-env': [
    { kind: 'missing-env', command, service: 's', near },
    /`s` .*`logs` takes none by itself. Name one of: `status`/,
  ],
  'not-everywhere': [
    { kind: 'not-everywhere', command },
    /`logs` is about one service at a time.*Nothing was done.*Name the service/,
  ],
  'unclear-target': [
    { kind: 'unclear-target', command, words: ['rms-auth@prod', 'rms@prod'] },
    /`rms-auth@prod` and `rms@prod` could each be the target of `logs`.*Nothing was done.*as a flag/,
  ],
  'two-envs': [{ kind: 'two-envs', one: 'dev', other: 'prod' }, /`dev`.*`prod`.*Nothing was done/],
  'flag-twice': [{ kind: 'flag-twice', flag: 'since' }, /`--since` is given twice.*once/],
  'flag-without-value': [{ kind: 'flag-without-value', flag: 'since' }, /`--since` needs a value/],
  'too-many-words': [
    { kind: 'too-many-words', command, word: 'x' },
    /`logs` does not know what to do with `x`.*help logs/,
  ],
  'bad-value': [
    {
      kind: 'bad-value',
      command,
      complaints: [{ where: '--since', what: 'expected a duration', field: 'since' }],
    },
    /`--since` – expected a duration.*help logs/,
  ],
  'not-allowed': [
    { kind: 'not-allowed', command, env: 'prod', denial: { why: 'no-rule' }, roles: ['oncall'] },
    /may not use `logs` in `prod`.*role `oncall` could: ask them.*whoami/,
  ],
  'not-a-member': [{ kind: 'not-a-member', why: 'foreign' }, /another workspace.*Ask a member/],
  'not-verified': [
    { kind: 'not-verified', command, why: 'timeout' },
    /`timeout`.*`logs` is refused.*Try again/,
  ],
  'private-only': [{ kind: 'private-only', command }, /`\/auth logs`: only you see/],
};

describe('a refusal says why, and what to do', () => {
  test.each(Object.entries(refusals))('%s', (_kind, [refusal, sentence]) => {
    expect(refusalSentence(refusal)).toMatch(sentence);
  });

  test.each(['guest', 'bot', 'foreign', 'deactivated'] as const)('to a %s', (why) => {
    expect(refusalSentence({ kind: 'not-a-member', why }).length).toBeGreaterThan(60);
  });

  test('names the rule that forbids it, and when nobody may', () => {
    const denial = { why: 'denied', rule: 3, role: '*', pattern: 'risk:read' } as const;
    expect(refusalSentence({ kind: 'not-allowed', command, env: null, denial, roles: [] })).toBe(
      'You may not use `logs`. Rule 3 of the grants forbids it to everybody (`risk:read`). Nobody may; the grants are in the configuration file. `/auth whoami` shows what you may do.',
    );
  });

  test('has a button for each suggestion that can be typed', () => {
    expect(refusalMessage({ kind: 'unknown-verb', word: 'x', near }).blocks).toMatchObject([
      { type: 'section' },
      { type: 'actions', elements: [{ action_id: 'ask:0', value: 'status x' }] },
    ]);
  });
});
