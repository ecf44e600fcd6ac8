import { expect, onTestFinished, test } from 'vitest';
import { commandFrame } from './samples.ts';
import { startBot, tinyDesk } from './start-bot.ts';
import { startTinySlack } from './tiny-slack.ts';

const slack = async () => {
  const started = await startTinySlack();
  onTestFinished(() => started.close());
  return started;
};

test('a command is acknowledged, asked at the desk, and answered for the asker alone', async () => {
  const tiny = await slack();
  const desk = tinyDesk((_asked, answer) => answer.say({ text: 'all is well', blocks: [] }));
  const bot = await startBot(tiny.apiUrl, { desk });
  await tiny.until(() => tiny.sockets.length === 2);

  const sent = commandFrame('status rust-auth', { response_url: tiny.url('/respond/1') });
  tiny.send(sent);
  await tiny.until(() => tiny.calls.some(({ method }) => method === '/respond/1'));

  expect(bot.ready()).toEqual({ ok: true, why: null });
  expect(tiny.acks).toEqual([{ envelope_id: sent.envelope_id }]);
  expect(desk.asked).toEqual([
    {
      kind: 'command',
      text: 'status rust-auth',
      asker: { id: 'U1', team: 'T1' },
      place: { channel: 'C1', thread: null },
    },
  ]);
  expect(tiny.calls.find(({ method }) => method === '/respond/1')?.args).toEqual({
    text: 'all is well',
    blocks: [],
    response_type: 'ephemeral',
    replace_original: false,
  });
});
