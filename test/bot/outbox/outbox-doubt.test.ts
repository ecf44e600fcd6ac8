import { describe, expect, test } from 'vitest';
import type { Outbox, OutboxRow } from '../../../src/core/outbox.ts';
import { channels, directMessage, people } from '../../../workspace/people.ts';
import { patience } from '../../support/patience.ts';
import { calls, someChance, startSending, subjects, texts } from '../sending.ts';

const { authOps, general, incidents } = channels;

describe('a post of which nobody knows whether it arrived', () => {
  test.each([
    ['did, is found and then edited', { dropAfter: 1 }],
    ['did not, is posted once', { failBefore: 1 }],
    ['did not, because Slack was silent, is posted once', { hang: true }],
  ])('and which %s', async (_what, faults) => {
    const sending = await startSending();
    const { slack, want, sender, said, log } = sending;
    await slack.control('faults', faults);
    sender();
    want('R1', 1, authOps);
    await expect.poll(() => log.lines).toMatchObject([{ level: 'warn', fields: { attempts: 1 } }]);
    await slack.control('faults', { dropAfter: 0, failBefore: 0, hang: false });
    want('R1', 2);
    await expect.poll(() => said(authOps)).toMatchObject([{ text: 'R1 2' }]);
    expect(await calls(sending, 'conversations.history')).toContain('ok');
    const arrived = 'dropAfter' in faults;
    expect((await calls(sending, 'chat.postMessage')).length).toBe(arrived ? 1 : 2);
  });

  test('is neither posted nor given up while the history cannot be read', async () => {
    const sending = await startSending();
    const { slack, want, sender, said, log } = sending;
    await slack.control('faults', { failBefore: 1 });
    sender();
    want('R1', 1, authOps);
    const searched = async () => (await calls(sending, 'conversations.history')).length;
    await expect.poll(searched).toBeGreaterThan(13);
    expect(await calls(sending, 'chat.postMessage')).toHaveLength(1);
    await slack.control('faults', { failBefore: 0 });
    await expect.poll(() => said(authOps)).toMatchObject([{ text: 'R1 1' }]);
    expect(log.lines.filter(({ level }) => level !== 'debug')).toHaveLength(1);
  });

  test('is sent once more and says so when it calls somebody and nobody lets the history be read; the rest waits', async () => {
    const sending = await startSending();
    const { slack, want, sender, said } = sending;
    const draw = async (row: OutboxRow) => {
      const drawn = await sending.draw(row);
      return drawn && { ...drawn, page: row.subject === 'PAGE' };
    };
    await slack.control('faults', {
      dropAfter: 1,
      refuse: { 'conversations.history': 'missing_scope' },
    });
    sender({ draw });
    want('PAGE', 1, authOps);
    want('NEWS', 1, general);
    await expect.poll(async () => texts(await said(authOps))).toEqual(['PAGE 1']);
    await expect.poll(async () => texts(await said(general))).toEqual(['NEWS 1']);
    await slack.control('faults', { dropAfter: 0 });
    const twice = ['PAGE 1', 'PAGE 1 (may be a repeat)'];
    await expect.poll(async () => texts(await said(authOps))).toEqual(twice);
    const searched = async () => (await calls(sending, 'conversations.history')).length;
    const before = await searched();
    await expect.poll(searched).toBeGreaterThan(before);
    await slack.control('faults', { refuse: {} });
    want('PAGE', 2);
    await expect.poll(async () => texts(await said(authOps))).toEqual(['PAGE 1', 'PAGE 2']);
    expect(texts(await said(general))).toEqual(['NEWS 1']);
  });
});

/** Everywhere that a message can go to, and where it is then seen. */
const places = [
  ...[authOps, general, incidents].map((channel) => ({ to: channel, channel })),
  ...Object.values(people)
    .slice(0, 9)
    .map((user) => ({ to: `user:${user}`, channel: directMessage(user) })),
];

/** An outbox of which nobody hears any more once its process is dead. */
function mortal(outbox: Outbox): Outbox & { kill(): void } {
  let dead = false;
  return {
    ...outbox,
    take: async (limit) => (dead ? [] : outbox.take(limit)),
    report: async (id, sent, rests) => (dead ? undefined : outbox.report(id, sent, rests)),
    kill: () => {
      dead = true;
    },
  };
}

/** The clock stands still while the machine lets nobody go on: minutes may pass until Slack's patience is over. */
const allSent = { interval: 100, timeout: 5 * patience };

describe('three hundred messages', { timeout: 6 * patience }, () => {
  test('through a hostile Slack: none twice, none missing, each at its newest', async () => {
    const { slack, want, sender, said } = await startSending({ chance: someChance(5) });
    await slack.control('faults', { rateLimited: 0.1, failBefore: 0.1, dropAfter: 0.1 });
    const names = subjects(25);
    sender();
    for (const name of names) want(name, 1, ...places.map(({ to }) => to));
    for (const pause of [300, 700, 900]) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      await slack.control('faults', { hang: true });
      await new Promise((resolve) => setTimeout(resolve, 100));
      await slack.control('faults', { hang: false });
    }
    for (const name of names) want(name, 2);
    const wanted = names.map((name) => `${name} 2`);
    for (const { channel } of places) {
      const seen = async () => texts(await said(channel)).toSorted();
      await expect.poll(seen, allSent).toEqual(wanted.toSorted());
    }
  });

  test('by senders that are killed and started again: none twice, none missing', async () => {
    const { want, sender, said, outbox } = await startSending();
    const names = subjects(25);
    for (const name of names) want(name, 1, ...places.map(({ to }) => to));
    for (let life = 0; life < 4; life += 1) {
      const mine = mortal(outbox);
      const killed = sender({ outbox: mine });
      await new Promise((resolve) => setTimeout(resolve, 200));
      mine.kill();
      await killed.stop(0);
    }
    sender();
    const wanted = names.map((name) => `${name} 1`);
    for (const { channel } of places) {
      const seen = async () => texts(await said(channel)).toSorted();
      await expect.poll(seen, allSent).toEqual(wanted.toSorted());
    }
  });

  test('by two senders at once, while Slack drops connections: none twice, none missing', async () => {
    const { slack, want, sender, said } = await startSending({ chance: someChance(9) });
    await slack.control('faults', { dropAfter: 0.2 });
    const names = subjects(25);
    for (const name of names) want(name, 1, ...places.map(({ to }) => to));
    sender();
    sender();
    const wanted = names.map((name) => `${name} 1`);
    for (const { channel } of places) {
      const seen = async () => texts(await said(channel)).toSorted();
      await expect.poll(seen, allSent).toEqual(wanted.toSorted());
    }
  });
});
