import { expect, test } from 'vitest';
import type { Outbox } from '../../../src/core/outbox.ts';
import { channels } from '../../../workspace/people.ts';
import { patience } from '../../support/patience.ts';
import { tokens } from '../local-slack.ts';
import { fetchWithin, startSending, subjects } from '../sending.ts';
import { clientOf } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const { authOps } = channels;

/** Two views of one outbox whose rows are taken by turns: whatever one bot did last, the other is next. */
function byTurns(outbox: Outbox): Outbox[] {
  let next = 0;
  return [0, 1].map((me) => ({
    ...outbox,
    take: async () => {
      if (next % 2 !== me) return [];
      const rows = await outbox.take(1);
      next += rows.length;
      return rows;
    },
  }));
}

test('two bots post into a channel once a second together, not each', async () => {
  const sending = await startSending();
  const at: number[] = [];
  for (const subject of subjects(12)) sending.want(subject, 1, authOps);
  // A post that Slack was slow to take is looked up and edited, whenever another was posted.
  for (const outbox of byTurns(sending.outbox))
    sending.sender({ ...sending.noting(at, 'postMessage'), outbox });
  await expect.poll(() => sending.said(authOps)).toHaveLength(12);
  const gaps = at.slice(1).map((later, n) => later - (at[n] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(990); // each reads the clock at its own moment
});

test('two bots edit a message once in a second and a half together, not each', async () => {
  const sending = await startSending();
  const at: number[] = [];
  for (const outbox of byTurns(sending.outbox))
    sending.sender({ ...sending.noting(at, 'postMessage', 'update'), outbox });
  for (let version = 1; version <= 100; version += 1) {
    sending.want('R1', version, authOps);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await expect.poll(() => sending.said(authOps)).toMatchObject([{ text: 'R1 100' }]);
  const gaps = at.slice(1).map((later, n) => later - (at[n] ?? 0));
  expect(gaps.length).toBeGreaterThan(1);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_490);
});

test('a method that Slack has limited in a channel rests in both bots, and elsewhere goes on', async () => {
  const sending = await startSending();
  const slack = await startTinySlack();
  const posts: { channel: string; at: number }[] = [];
  let limited = false;
  slack.answer('chat.postMessage', ({ channel = '' }) => {
    posts.push({ channel, at: sending.clock.monotonic() });
    if (channel !== 'C1' || limited) return { ts: `1.${posts.length}` };
    limited = true;
    return { status: 429, headers: { 'retry-after': '4' } };
  });
  for (const subject of subjects(4)) sending.want(subject, 1, 'C1', 'C2');
  const client = clientOf(slack.apiUrl, patience, tokens.bot, fetchWithin(sending.clock, 3_000));
  sending.sender({ client });
  sending.sender({ client });
  const to = (name: string) => posts.filter(({ channel }) => channel === name).map(({ at }) => at);
  await expect.poll(() => posts.length).toBe(9);
  await slack.close();
  const [refused = 0, next = 0] = to('C1');
  expect(next - refused).toBeGreaterThanOrEqual(3_950);
  expect(to('C2').filter((at) => at < next).length).toBeGreaterThanOrEqual(3);
});
