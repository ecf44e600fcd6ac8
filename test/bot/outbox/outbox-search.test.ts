import { describe, expect, onTestFinished, test } from 'vitest';
import { keyOf, searchHistory } from '../../../src/bot/outbox/outbox-search.ts';
import { channels } from '../../../workspace/people.ts';
import { patience } from '../../support/patience.ts';
import { startLocalSlack, tokens } from '../local-slack.ts';
import { clientOf } from '../start-bot.ts';
import { startTinySlack } from '../tiny-slack.ts';

const row = { id: '17', subject: 'R1', posted: null };
const channel = channels.authOps;

async function startChannel() {
  const { apiUrl } = await startLocalSlack();
  const { api } = clientOf(apiUrl, patience, tokens.bot);
  const post = async (metadata?: ReturnType<typeof keyOf>) => {
    const { ts } = await api.chat.postMessage({
      channel,
      text: 'x',
      ...(metadata && { metadata }),
    });
    return ts ?? '';
  };
  const search = (given: Partial<Parameters<typeof searchHistory>[1]> = {}, since = 0) =>
    searchHistory(api, { ...row, ...given }, { channel, since });
  return { post, search };
}

describe('a search of the history', () => {
  test('finds the message of a row, by the row and by what it is about', async () => {
    const { post, search } = await startChannel();
    await post();
    const ts = await post(keyOf(row));
    await post(keyOf({ id: '18', subject: 'R1' }));
    await post(keyOf({ id: '17', subject: 'R2' }));
    expect(await search()).toBe(ts);
    expect(await search({ id: '19' })).toBeNull();
    expect(await search({ subject: 'R3' })).toBeNull();
  });

  test('goes back over many pages', async () => {
    const { post, search } = await startChannel();
    const ts = await post(keyOf(row));
    for (let n = 0; n < 410; n += 10) await Promise.all(Array.from({ length: 10 }, () => post()));
    expect(await search()).toBe(ts);
  });

  test('leaves out the message that the row knows already, and what is older than it may be', async () => {
    const { post, search } = await startChannel();
    const ts = await post(keyOf(row));
    expect(await search({ posted: { channel, ts } })).toBeNull();
    expect(await search({}, Number(ts) + 1)).toBeNull();
  });

  test.each([
    ['has no messages', {}, 'cannot be read'],
    ['breaks off', { messages: [], has_more: true }, 'how the history goes on'],
    ['never ends', { messages: [], response_metadata: { next_cursor: 'x' } }, 'too much history'],
  ])('is not certain of anything when the answer %s', async (_how, answer, why) => {
    const slack = await startTinySlack();
    onTestFinished(() => slack.close());
    slack.answer('conversations.history', () => answer);
    const { api } = clientOf(slack.apiUrl);
    await expect(searchHistory(api, row, { channel, since: 0 })).rejects.toThrow(why);
  });
});
