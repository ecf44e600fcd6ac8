import { expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { someIncident } from '../support/some-incident.ts';
import { startSending, texts } from './sending.ts';

const notice = (to: string, urgency: 0 | 1 | 2) => ({ kind: 'notice', to, urgency }) as const;

test('in a channel where much waits an escalation goes first, then updates, then edits and the rest', async () => {
  const sending = await startSending();
  const { outbox, said } = sending;
  const urgencies = [2, 1, 2, 1, 0] as const;
  urgencies.forEach((urgency, index) => {
    const version = index + 1;
    sending.want(`INC-7/${version}`, 1);
    outbox.raiseIncident(someIncident(7, { version }), [notice(channels.general, urgency)]);
  });
  sending.sender();
  await expect
    .poll(async () => texts(await said(channels.general)))
    .toEqual(['INC-7/5 1', 'INC-7/2 1', 'INC-7/4 1', 'INC-7/1 1', 'INC-7/3 1']);
});

test('a channel that Slack has limited holds up no call in another one', async () => {
  const sending = await startSending({ rateScale: 1 });
  const { outbox, said } = sending;
  for (let version = 1; version <= 30; version += 1) {
    sending.want(`INC-7/${version}`, 1);
    outbox.raiseIncident(someIncident(7, { version }), [notice(channels.incidents, 1)]);
  }
  sending.sender(); // its clock is twenty times as fast as Slack's: what it takes for a second is none
  await expect.poll(async () => (await said(channels.incidents)).length).toBeGreaterThan(2);
  sending.want('INC-8/1', 1);
  outbox.raiseIncident(someIncident(8, { version: 1 }), [notice(`user:${people.onCall2}`, 0)]);
  const direct = `D${people.onCall2.slice(1)}`;
  await expect.poll(async () => texts(await said(direct))).toEqual(['INC-8/1 1']);
  expect((await said(channels.incidents)).length).toBeLessThan(30);
});
