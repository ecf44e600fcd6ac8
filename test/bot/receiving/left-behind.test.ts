import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepRequest } from '../../../src/bot/receiving/kept-request.ts';
import { watchLeftBehind } from '../../../src/bot/receiving/left-behind.ts';
import { holdFor } from '../../../src/core/intake.ts';
import type { Asked, LeftOver } from '../../../src/handlers/desk.ts';
import { memoryIntake } from '../../../src/store/memory/memory-intake.ts';
import { recordingLog } from '../recording-log.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const asked: Asked = {
  kind: 'command',
  text: 'restart x',
  asker: { id: 'U1', team: 'T1' },
  place: { channel: 'C1', thread: null },
};

/** A watch over an intake in memory, for somebody who may not be reached. */
function watching({ own = [] as string[] } = {}) {
  const intake = memoryIntake({ now: () => Date.now() });
  const told: LeftOver[] = [];
  const state = { away: false };
  const log = recordingLog();
  const watch = watchLeftBehind({
    intake,
    log,
    hold: () => intake.hold(own),
    direct: ({ id }) => ({
      say: async () => {
        if (state.away) throw new Error(`${id} cannot be reached`);
      },
    }),
    desk: {
      async tellLeftBehind(left, answer) {
        await answer.say({ text: 'x', blocks: [] });
        told.push(left);
      },
    },
  });
  const request = keepRequest(asked, (value) => value);
  const take = (key: string, what = request) =>
    intake.record({ key, kind: 'command', actor: 'T1:U1', request: what });
  const keys = () => told.map(({ key }) => key);
  return { intake, watch, told, keys, state, log, take };
}

test('whoever asked is told once, soon after nobody holds it any more', async () => {
  const { watch, take, told, keys } = watching();
  await take('a');
  watch.start();
  await vi.advanceTimersByTimeAsync(holdFor - 1_000);
  expect(keys()).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(keys()).toEqual(['a']);
  expect(told[0]).toMatchObject({ asked, whole: true, age: expect.any(Number) });
  await vi.advanceTimersByTimeAsync(10 * holdFor);
  expect(keys()).toEqual(['a']);
  await watch.stop(0);
});

test('what this process is at itself is not left behind', async () => {
  const { watch, take, keys } = watching({ own: ['mine'] });
  await take('mine');
  await take('other');
  watch.start();
  await vi.advanceTimersByTimeAsync(5 * holdFor);
  expect(keys()).toEqual(['other']);
  await watch.stop(0);
});

test('who cannot be reached is told later, and one of them holds up nobody else', async () => {
  const { watch, take, keys, state, log } = watching();
  await take('a');
  state.away = true;
  watch.start();
  await vi.advanceTimersByTimeAsync(3 * holdFor);
  expect(keys()).toEqual([]);
  expect(log.lines.some(({ level }) => level === 'error')).toBe(true);
  state.away = false;
  await vi.advanceTimersByTimeAsync(2 * holdFor);
  expect(keys()).toEqual(['a']);
  await watch.stop(0);
});

test('who cannot be reached for a day is given up', async () => {
  const { watch, take, keys, state, intake } = watching();
  await take('a');
  state.away = true;
  watch.start();
  await vi.advanceTimersByTimeAsync(25 * 60 * 60_000);
  await watch.stop(0);
  await vi.advanceTimersByTimeAsync(2 * holdFor);
  expect(await intake.takeUp(10)).toEqual([]);
  expect(keys()).toEqual([]);
});

test('what another version kept is settled and logged', async () => {
  const { watch, take, keys, log, intake } = watching();
  await take('a', '{"from":"the future"}');
  await take('b');
  watch.start();
  await vi.advanceTimersByTimeAsync(2 * holdFor);
  expect(keys()).toEqual(['b']);
  expect(log.lines.map(({ message }) => message)).toContain(
    'A change was left behind that this version cannot read',
  );
  await watch.stop(0);
  await vi.advanceTimersByTimeAsync(2 * holdFor);
  expect(await intake.takeUp(10)).toEqual([]);
});
