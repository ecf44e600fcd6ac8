import { expect, onTestFinished, test } from 'vitest';
import { findByAddress } from '../../../src/bot/people/find-by-address.ts';
import { people } from '../../../workspace/people.ts';
import { stillClock } from '../../support/clock.ts';
import { patience } from '../../support/patience.ts';
import { startLocalSlack, tokens } from '../local-slack.ts';
import { clientOf } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const over = (apiUrl: string, timeout = patience) => {
  const clock = stillClock();
  const { api } = clientOf(apiUrl, timeout, tokens.bot);
  return { clock, find: findByAddress({ api, clock }) };
};

test('who has the address is found, however it is spelt, and nobody who is not here', async () => {
  const { find } = over((await startLocalSlack()).apiUrl);
  expect(await find('manager-1@example.com')).toBe(people.manager1);
  expect(await find('Manager-1@EXAMPLE.com')).toBe(people.manager1);
  expect(await find('nobody@example.com')).toBeNull();
  expect(await find('deactivated@example.com')).toBeNull();
});

test('Slack is asked once for what a plan for all services asks five times', async () => {
  const slack = await startTinySlack();
  onTestFinished(() => slack.close());
  slack.answer('users.lookupByEmail', () => ({ user: { id: 'U1' } }));
  const { find, clock } = over(slack.apiUrl);
  await Promise.all(Array.from({ length: 5 }, () => find('jane@example.com')));
  expect(slack.calls).toHaveLength(1);
  clock.pass(30_001);
  await find('jane@example.com');
  expect(slack.calls).toHaveLength(2);
});

test.each<[string, Parameters<Awaited<ReturnType<typeof startTinySlack>>['answer']>[1]]>([
  ['hangs', () => 'hang'],
  ['breaks', () => ({ status: 503 })],
  ['limits the rate', () => ({ status: 429 })],
  ['refuses the token', () => ({ ok: false, error: 'missing_scope' })],
  ['says nothing', () => ({})],
])('while Slack %s nobody is guessed', async (_how, reply) => {
  const slack = await startTinySlack();
  onTestFinished(() => slack.close());
  slack.answer('users.lookupByEmail', reply);
  await expect(over(slack.apiUrl, 500).find('jane@example.com')).rejects.toThrow();
});
