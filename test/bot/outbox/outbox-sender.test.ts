import { describe, expect, test } from 'vitest';
import { channels, directMessage, people } from '../../../workspace/people.ts';
import { calls, type Sending, someChance, startSending, subjects, texts } from '../sending.ts';

const { authOps, incidents } = channels;
const as = people.onCall1;

describe('a message', () => {
  test('is posted where it has to be, and later versions are edits of it', async () => {
    const { want, sender, said } = await startSending();
    const manager = directMessage(people.manager1);
    want('R1', 1, authOps, `user:${people.manager1}`);
    sender();
    await expect.poll(() => said(authOps)).toMatchObject([{ text: 'R1 1' }]);
    await expect.poll(() => said(manager)).toMatchObject([{ text: 'R1 1' }]);
    const [posted] = await said(authOps);
    want('R1', 2);
    await expect.poll(() => said(authOps)).toEqual([{ text: 'R1 2', ts: posted?.ts }]);
    await expect.poll(async () => texts(await said(manager))).toEqual(['R1 2']);
  });

  test('that waits is shown as it is when it is sent', async () => {
    const { want, sender, said } = await startSending();
    for (const version of [1, 2, 3]) want('R1', version, authOps);
    sender();
    await expect.poll(() => said(authOps)).toMatchObject([{ text: 'R1 3' }]);
  });

  test('that changes all the time is edited every second and a half, and ends with the newest', async () => {
    const sending = await startSending();
    const { want, sender, said } = sending;
    const drawn: number[] = [];
    sender(sending.noting(drawn, 'postMessage', 'update'));
    for (let version = 1; version <= 100; version += 1) {
      want('R1', version, authOps);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await expect.poll(() => said(authOps)).toMatchObject([{ text: 'R1 100' }]);
    const gaps = drawn.slice(1).map((at, n) => at - (drawn[n] ?? 0));
    expect(gaps.length).toBeGreaterThan(1);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_500);
  });

  test('that somebody has deleted is posted anew', async () => {
    const { want, sender, said, api } = await startSending();
    sender();
    want('R1', 1, authOps);
    await expect.poll(() => said(authOps)).toHaveLength(1);
    const [{ ts } = { ts: '' }] = await said(authOps);
    await api.chat.delete({ channel: authOps, ts });
    want('R1', 2);
    await expect.poll(() => said(authOps)).toMatchObject([{ text: 'R1 2' }]);
  });

  test.each(['archive', 'kick'] as const)(
    'for a channel that the app can do nothing in (%s) is given up, and the log says so',
    async (how) => {
      const sending = await startSending();
      const { want, sender, slack, said, log } = sending;
      if (how === 'archive') await slack.control('archive', { as, channel: authOps });
      else await slack.control('kick', { as, channel: authOps, user: 'U07GATEHSE1' });
      sender();
      want('R1', 1, authOps, incidents);
      await expect.poll(() => said(incidents)).toHaveLength(1);
      await expect
        .poll(() => log.lines)
        .toMatchObject([
          { level: 'error', fields: { to: authOps }, message: 'Slack will never take a message' },
        ]);
      want('R2', 1, incidents);
      await expect.poll(() => said(incidents)).toHaveLength(2);
      expect(await calls(sending, 'chat.postMessage')).toHaveLength(3);
    },
  );

  test('for a person opens their direct messages once', async () => {
    const sending = await startSending();
    sending.sender();
    for (const subject of subjects(3)) sending.want(subject, 1, `user:${as}`);
    await expect.poll(() => sending.said(directMessage(as))).toHaveLength(3);
    expect(await calls(sending, 'conversations.open')).toEqual(['ok']);
  });
});

describe('a channel', () => {
  test('gets its messages in order, and one a second', async () => {
    const sending = await startSending();
    const at: number[] = [];
    for (const subject of subjects(12)) sending.want(subject, 1, authOps);
    sending.sender(sending.noting(at, 'postMessage'));
    await expect.poll(() => sending.said(authOps)).toHaveLength(12);
    expect(texts(await sending.said(authOps))).toEqual(subjects(12).map((name) => `${name} 1`));
    const gaps = at.slice(1).map((later, n) => later - (at[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  test.each([{ rateLimited: 0.3 }, { failBefore: 0.3 }, { dropAfter: 0.3 }])(
    'gets its messages in order while Slack is in trouble (%j)',
    async (faults) => {
      const { slack, want, sender, said } = await startSending({ chance: someChance(11) });
      await slack.control('faults', faults);
      for (const subject of subjects(12)) want(subject, 1, authOps);
      sender();
      await expect.poll(() => said(authOps)).toHaveLength(12);
      expect(texts(await said(authOps))).toEqual(subjects(12).map((name) => `${name} 1`));
    },
  );
});

describe('the sender', () => {
  test('goes on when the outbox could not be read, and says once that it cannot', async () => {
    const { want, sender, said, outbox, log } = await startSending();
    let broken = true;
    let asked = 0;
    const take: typeof outbox.take = async (limit) => {
      asked += 1;
      if (broken) throw new Error('the database is closed');
      return outbox.take(limit);
    };
    sender({ outbox: { ...outbox, take } });
    want('R1', 1, authOps);
    await expect.poll(() => asked).toBeGreaterThan(3);
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { why: 'the database is closed' } }]);
    broken = false;
    await expect.poll(() => said(authOps)).toHaveLength(1);
  });

  test('lets the others go first when one cannot be drawn, and draws it again later', async () => {
    const sending = await startSending();
    let broken = true;
    const draw: Sending['draw'] = async (row) => {
      if (broken && row.subject === 'R1') throw new Error('no such state');
      return sending.draw(row);
    };
    for (const subject of subjects(2)) sending.want(subject, 1, authOps);
    sending.sender({ draw });
    await expect.poll(() => sending.said(authOps)).toMatchObject([{ text: 'R2 1' }]);
    expect(sending.log.lines[0]).toMatchObject({
      level: 'error',
      fields: { outbox: expect.stringContaining('R1') },
    });
    broken = false;
    await expect.poll(() => sending.said(authOps)).toHaveLength(2);
  });

  test('gives up what there is nothing to show of any more', async () => {
    const { want, sender, log, slack, ...sending } = await startSending();
    want('R1', 1, authOps);
    sender({ draw: async () => null });
    await expect.poll(() => log.lines).toHaveLength(1);
    expect(log.lines[0]?.fields).toMatchObject({ why: 'there is nothing to show any more' });
    expect(await calls({ slack, want, sender, log, ...sending }, 'chat.postMessage')).toEqual([]);
  });

  test('finishes what it has begun when it is stopped, and takes nothing more', async () => {
    const sending = await startSending();
    const { slack, want, said } = sending;
    await slack.control('faults', { latencyMs: 60 });
    const sender = sending.sender();
    want('R1', 1, authOps);
    await expect.poll(() => sending.drawn()).toBe(1);
    const left = sender.stop(2_000);
    want('R2', 1, incidents);
    expect(await left).toBe(0);
    expect(texts(await said(authOps))).toEqual(['R1 1']);
    expect(await sending.outbox.take(10)).toMatchObject([{ subject: 'R2', attempts: 1 }]);
    await slack.control('faults', { latencyMs: 0 });
    expect(await said(incidents)).toEqual([]);
  });

  test('is not made with a client whose calls may outlast the time that a row is held', async () => {
    const sending = await startSending();
    expect(() => sending.sender({ callTime: 8_001 })).toThrow('8000 ms at most');
  });

  test('sends at once what is added, not only when it looks again', async () => {
    const { want, sender, said } = await startSending();
    sender({ every: 600_000 });
    want('R1', 1, authOps);
    await expect.poll(() => said(authOps)).toHaveLength(1);
    want('R2', 1, authOps);
    want('R3', 1, authOps);
    await expect.poll(() => said(authOps)).toHaveLength(3);
  });
});
