import { expect, test } from 'vitest';
import { readAnchorHistory } from '../../src/bot/anchor-history.ts';
import { type Anchor, anchorLine, anchorsIn } from '../../src/core/anchor.ts';
import { anchorMessage } from '../../src/views/runs/anchor.ts';
import { channels, people } from '../../workspace/people.ts';
import { patience } from '../support/patience.ts';
import { startLocalSlack, tokens } from './local-slack.ts';
import { clientOf } from './start-bot.ts';
import { startTinySlack } from './tiny-slack.ts';

const anchor = (n: number): Anchor => ({
  n,
  seal: n * 7,
  records: n * 100,
  hash: n.toString(16).padStart(64, 'c'),
  at: Date.UTC(2026, 0, 2, 3, 4, 5, n),
});

test('an anchor in a channel is read back as it was, and nobody else’s word is taken for one', async () => {
  const slack = await startLocalSlack();
  const { api } = clientOf(slack.apiUrl, patience, tokens.bot);
  const channel = channels.authOps;
  for (const n of [1, 2, 3]) await api.chat.postMessage({ channel, ...anchorMessage(anchor(n)) });
  const forged = anchorLine({ ...anchor(9), hash: 'ab'.repeat(32) });
  await slack.control('type', { as: people.onCall1, channel, text: forged });
  expect(await readAnchorHistory(api, channel)).toEqual([1, 2, 3].map(anchor));
});

test('all pages of a long channel are read, and half an answer is no answer', async () => {
  const slack = await startTinySlack();
  const said = (n: number) => ({ user: 'UBOT', text: anchorMessage(anchor(n)).text });
  slack.answer('conversations.history', ({ cursor }) =>
    cursor === 'two'
      ? { messages: [said(1)], has_more: false }
      : { messages: [said(2)], has_more: true, response_metadata: { next_cursor: 'two' } },
  );
  const { api } = clientOf(slack.apiUrl);
  expect((await readAnchorHistory(api, 'C1')).map(({ n }) => n)).toEqual([1, 2]);
  slack.answer('conversations.history', () => ({ messages: [], has_more: true }));
  await expect(readAnchorHistory(api, 'C1')).rejects.toThrow('how the history goes on');
  await slack.close();
});

test('an anchor is found in whatever stands around it, and only a whole one is', () => {
  const line = anchorLine(anchor(4));
  expect(anchorsIn(`Gatehouse APP  10:00\n> ${line} (edited)`)).toEqual([anchor(4)]);
  for (const broken of [
    line.slice(0, -1),
    line.replace('sha256 c', 'sha256 x'),
    'audit anchor 1:',
  ]) {
    expect(anchorsIn(broken)).toEqual([]);
  }
});
