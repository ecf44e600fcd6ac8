import { expect, test } from 'vitest';
import type { RoomAnswer } from '../../src/core/incident-room.ts';
import { createPictures } from '../../src/gatehouse/create-pictures.ts';
import { stillClock } from '../support/clock.ts';

const picture = { png: new Uint8Array(), alt: 'a chart', name: 'INC-1-health.png' };

test('a picture is not even drawn for as long as Slack has asked for patience', async () => {
  const clock = stillClock();
  const answers: RoomAnswer<string>[] = [
    { kind: 'again', in: 4_000, why: 'files.info is limited' },
    { kind: 'done', value: 'F1' },
    { kind: 'never', why: 'the app has not got the right files:write' },
  ];
  const upload = async () => answers.shift() ?? expect.fail('asked too often');
  const pictures = createPictures({ upload }, clock);
  expect(pictures.ready()).toBe(true);
  await expect(pictures.keep(picture)).rejects.toThrow('files.info is limited');
  expect(pictures.ready()).toBe(false);
  clock.pass(3_999);
  expect(pictures.ready()).toBe(false);
  clock.pass(1);
  expect(pictures.ready()).toBe(true);
  expect(await pictures.keep(picture)).toBe('F1');
  await expect(pictures.keep(picture)).rejects.toThrow('files:write');
  expect(pictures.ready()).toBe(true);
});
