import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelName } from '../../../src/incidents/channel/channel-name.ts';
import { channelName as asSlackTakesIt } from '../../../workspace/methods/channel-name.ts';

const target = { service: 'rms-auth', env: 'prod' };
const named = (title: string, more = {}) =>
  channelName({ number: 42, target, title, security: false, ...more });

test.each([
  ['login down', 'inc-0042-rms-auth-login-down'],
  ['Login DOWN!!', 'inc-0042-rms-auth-login-down'],
  ['rms-auth is slow', 'inc-0042-rms-auth-is-slow'],
  ['Größe überschritten', 'inc-0042-rms-auth-große-uberschritten'.replace('ß', '-')],
  ['登录失败', 'inc-0042-rms-auth'],
  ['', 'inc-0042-rms-auth'],
])('%j becomes %s', (title, name) => {
  expect(named(title)).toBe(name);
});

test('without a service there is still the number', () => {
  expect(named('login down', { target: null })).toBe('inc-0042-login-down');
});

test('what is about security says nothing but its number', () => {
  expect(named('stolen signing key', { security: true })).toBe('sec-0042');
});

test('a title made of anything makes a name that Slack takes, also with a suffix', () => {
  const world = { channels: [] } as unknown as Parameters<typeof asSlackTakesIt>[0];
  const anything = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(anything, fc.integer({ min: 1, max: 999_999_999 }), (title, number) => {
      const name = channelName({ number, target, title, security: false });
      expect(asSlackTakesIt(world, name)).toBe(name);
      expect(asSlackTakesIt(world, `${name}-10`)).toMatch(/-10$/);
      expect(name).toContain(String(number));
    }),
    { numRuns: 2_000 },
  );
});
