import { expect, test } from 'vitest';
import { channels, directMessage, people } from '../../workspace/people.ts';
import { startSending, texts } from './sending.ts';

const { authOps } = channels;

test('a message is posted where it has to be, and later versions are edits of it', async () => {
  const { want, sender, said } = await startSending();
  want('R1', 1, authOps, `user:${people.manager1}`);
  sender();
  await expect.poll(() => said(authOps)).toMatchObject([{ text: 'R1 1' }]);
  await expect.poll(() => said(directMessage(people.manager1))).toMatchObject([{ text: 'R1 1' }]);
  const [posted] = await said(authOps);
  want('R1', 2);
  await expect.poll(() => said(authOps)).toEqual([{ text: 'R1 2', ts: posted?.ts }]);
  await expect
    .poll(async () => texts(await said(directMessage(people.manager1))))
    .toEqual(['R1 2']);
});
