import { expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { runWorkspace } from './run-workspace.ts';

const said = (text: string) => (seen: { messages: { text: string }[] }) =>
  seen.messages.find((message) => message.text === text);

test('waiting ends with what was waited for', async () => {
  const { members, web } = await runWorkspace();
  const waiting = members.waitFor(people.viewer, said('at last'));
  await web.chat.postMessage({ channel: channels.general, text: 'not yet' });
  await web.chat.postMessage({ channel: channels.general, text: 'at last' });
  expect(await waiting).toMatchObject({ text: 'at last', channel: channels.general });
});

test('waiting in vain says what was seen instead', async () => {
  const { members, web } = await runWorkspace();
  await web.chat.postMessage({ channel: channels.general, text: 'something else' });
  const waiting = members.waitFor(people.viewer, said('never'), 30);
  await expect(waiting).rejects.toThrow(/30 ms in vain.*something else/);
});

test('nobody looks through the eyes of somebody who is not there', async () => {
  const { members } = await runWorkspace();
  await expect(members.look('U0')).rejects.toThrow('user_not_found');
});
