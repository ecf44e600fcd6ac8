import { expect, onTestFinished, test } from 'vitest';
import {
  createIncidentKeeper,
  type Keeping,
} from '../../../src/incidents/keeping/incident-keeper.ts';
import { recordingLog } from '../../bot/recording-log.ts';

/** Time that passes only by hand, and everything that a keeper did in it. */
function keeping(more: Partial<Keeping> = {}) {
  let now = 0;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const done: { what: string; at: number }[] = [];
  const log = recordingLog();
  let changed = () => {};
  const note = (what: string) => async () => {
    done.push({ what, at: now });
    return 0;
  };
  const settled = async () => {
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  };
  const keeper = createIncidentKeeper({
    beat: note('beat'),
    wake: note('wake'),
    sample: note('sample'),
    repair: note('repair'),
    untilDue: async () => null,
    onChanged: (listener) => {
      changed = listener;
    },
    log,
    random: () => 0.5,
    sleep: (ms, ended) =>
      new Promise((resolve) => {
        const one = { at: now + ms, wake: resolve };
        const end = () => {
          sleepers.delete(one);
          resolve();
        };
        one.wake = end;
        if (ended?.aborted) return end();
        ended?.addEventListener('abort', end);
        sleepers.add(one);
      }),
    ...more,
  });
  const pass = async (ms: number) => {
    const until = now + ms;
    await settled();
    for (;;) {
      const [next] = [...sleepers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
      if (!next) break;
      now = Math.max(now, next.at);
      next.wake();
      await settled();
    }
    now = until;
  };
  keeper.start();
  onTestFinished(() => keeper.stop());
  const times = (what: string) => done.filter((one) => one.what === what).map(({ at }) => at);
  return { pass, keeper, log, times, now: () => now, change: () => changed(), settled };
}

test('says that somebody is there before it looks at what is due, and goes on at its pace', async () => {
  const { pass, times } = keeping();
  await pass(3_500);
  expect(times('beat')[0]).toBe(0);
  expect(times('wake')).toEqual([0, 1_000, 2_000, 3_000]);
  await pass(60_000);
  expect(times('repair')).toEqual([0, 60_000]);
  expect(times('sample').slice(0, 3)).toEqual([0, 5_000, 10_000]);
});

test('is there exactly when something becomes due within a second', async () => {
  const due = [400, 2_340, 2_355, 9_999];
  const kept = keeping({
    untilDue: async () => {
      const next = due.find((at) => at > kept.now());
      return next === undefined ? null : next - kept.now();
    },
  });
  await kept.pass(11_000);
  for (const at of due) {
    const [first = Number.POSITIVE_INFINITY] = kept.times('wake').filter((time) => time >= at);
    expect(first - at).toBeLessThanOrEqual(20);
  }
});

test('looks at once when something was changed, also while it is looking', async () => {
  let goOn = () => {};
  let slow = true;
  const kept = keeping({
    wake: () =>
      new Promise((resolve) => {
        goOn = () => resolve(0);
        looks += 1;
        if (!slow) goOn();
      }),
  });
  let looks = 0;
  await kept.settled();
  kept.change();
  slow = false;
  goOn();
  await kept.pass(25);
  expect(looks).toBe(2);
  await kept.pass(500);
  expect(looks).toBe(2);
  kept.change();
  await kept.pass(0);
  expect(looks).toBe(3);
});

test('however much is changed and however much is overdue, it is no busy loop', async () => {
  const kept = keeping({ untilDue: async () => 0 });
  for (let ms = 0; ms < 1_000; ms += 1) {
    kept.change();
    await kept.pass(1);
  }
  expect(kept.times('wake').length).toBeLessThanOrEqual(51);
});

test('goes on at once while there is more that is due', async () => {
  let left = 5;
  const seen: number[] = [];
  const kept = keeping({
    wake: async () => {
      seen.push(kept.now());
      left = Math.max(0, left - 1);
      return left;
    },
  });
  await kept.pass(10);
  expect(seen).toEqual([0, 0, 0, 0, 0]);
});

test('goes on when the database does not answer, and says so once', async () => {
  const kept = keeping({
    wake: async () => {
      throw new Error('no database');
    },
  });
  await kept.pass(10_000);
  const said = kept.log.lines.filter((line) => JSON.stringify(line).includes('no database'));
  expect(said).toHaveLength(1);
  expect(kept.times('sample').length).toBeGreaterThan(1);
});

test('ends when what has begun has ended, and begins nothing more', async () => {
  let goOn = () => {};
  let looks = 0;
  const kept = keeping({
    wake: () => {
      looks += 1;
      return new Promise((resolve) => {
        goOn = () => resolve(3);
      });
    },
  });
  await kept.settled();
  let stopped = false;
  const stopping = kept.keeper.stop().then(() => {
    stopped = true;
  });
  await kept.settled();
  expect(stopped).toBe(false);
  goOn();
  await stopping;
  expect(looks).toBe(1);
});

test('two of them do not look at the same moments', async () => {
  const one = keeping({ random: () => 0 });
  const other = keeping({ random: () => 1 });
  await one.pass(20_000);
  await other.pass(20_000);
  expect(one.times('sample')).toEqual([0, 4_500, 9_000, 13_500, 18_000]);
  expect(other.times('sample')).toEqual([0, 5_500, 11_000, 16_500]);
});
