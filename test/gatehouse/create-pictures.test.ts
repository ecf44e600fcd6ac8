import { expect, test } from 'vitest';
import type { RoomAnswer } from '../../src/core/incident-room.ts';
import { createPictures } from '../../src/gatehouse/create-pictures.ts';
import { stillClock } from '../support/clock.ts';

const picture = { png: new Uint8Array(), alt: 'a chart', name: 'INC-1-health.png' };
const given = new AbortController().signal;

test('a picture is not even drawn for as long as Slack has asked for patience', async () => {
  const clock = stillClock();
  const answers: RoomAnswer<string>[] = [
    { kind: 'again', in: 4_000, why: 'files.info is limited' },
    { kind: 'done', value: 'F1' },
    { kind: 'never', why: 'the app has not got the right files:write' },
    { kind: 'done', value: 'F2' },
  ];
  let drawn = 0;
  const draw = async () => {
    drawn += 1;
    return picture;
  };
  const upload = async () => answers.shift() ?? expect.fail('asked too often');
  const pictures = createPictures({ upload }, clock);
  const [first, second] = [pictures.keep(draw, given), pictures.keep(draw, given)];
  await expect(first).rejects.toThrow('files.info is limited');
  expect(await second).toBeNull(); // it had waited for its turn
  clock.pass(3_999);
  expect([await pictures.keep(draw, given), drawn]).toEqual([null, 1]);
  clock.pass(1);
  expect(await pictures.keep(draw, given)).toBe('F1');
  await expect(pictures.keep(draw, given)).rejects.toThrow('files:write');
  expect(await pictures.keep(draw, given)).toBe('F2');
});

test('one picture is drawn after the other, few wait for it, and none that nobody waits for any more', async () => {
  const open: (() => void)[] = [];
  const draw = () => new Promise<typeof picture>((resolve) => open.push(() => resolve(picture)));
  const pictures = createPictures(
    { upload: async () => ({ kind: 'done', value: 'F1' }) },
    stillClock(),
  );
  const gone = new AbortController();
  const kept = [given, gone.signal, given, given].map((signal) => pictures.keep(draw, signal));
  expect(await pictures.keep(draw, given)).toBeNull(); // too many wait
  gone.abort();
  const all: (string | null)[] = [];
  for (const one of kept) {
    await expect.poll(() => open.length > 0 || kept.indexOf(one) === 1).toBe(true);
    if (kept.indexOf(one) !== 1) {
      expect(open).toHaveLength(1);
      open.shift()?.();
    }
    all.push(await one);
  }
  expect(all).toEqual(['F1', null, 'F1', 'F1']);
});
