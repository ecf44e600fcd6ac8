import { expect, test } from 'vitest';
import { lateNewsIn } from '../../../src/core/late-timers.ts';
import { watchTimers } from '../../../src/incidents/keeping/watch-timers.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import { recordingLog } from '../../bot/recording-log.ts';
import { changeOf, declarer } from '../../contracts/incidents.ts';
import { handTime } from '../../support/hand-time.ts';

const second = 1_000;
const minute = 60 * second;

/** Two bots over one store, of which each looks every five seconds, and what is said of what they see. */
async function twoBots() {
  const time = handTime();
  const store = memoryStore(time);
  const log = recordingLog();
  const watching = { timers: store.lateTimers, to: ['C-ops'], log };
  const bots = [watchTimers(watching), watchTimers(watching)];
  const said: string[] = [];
  const { now } = time.clock;
  const begun = now();
  const passing = async (ms: number, there = true) => {
    for (let passed = 0; passed < ms; passed += 5 * second) {
      await time.pass(5 * second);
      if (!there) continue;
      await store.presence.beat();
      for (const bot of bots) await bot();
      for (const { id, subject } of await store.outbox.take(10)) {
        said.push(`${lateNewsIn(subject)?.news} after ${(now() - begun) / second} s`);
        const posted = { channel: 'C-ops', ts: id };
        await store.outbox.report(id, { kind: 'shown', version: 1, posted });
      }
    }
  };
  const dueAt = (seconds: number) =>
    declarer(() => store.incidents)({
      deadlines: [{ kind: 'update', at: begun + seconds * second, step: 0 }],
    });
  const done = async (id: string) => {
    const found = (await store.incidents.find(id)) ?? expect.fail(`${id} is gone`);
    await store.incidents.transition(changeOf(found.incident, { deadlines: [] }));
  };
  return { passing, dueAt, done, said, log, logged: () => log.lines };
}

test('what is late for longer than ten seconds is said once by two bots, and once more when it is over', async () => {
  const { passing, dueAt, done, said } = await twoBots();
  const { id } = await dueAt(0);
  await passing(10 * second);
  expect(said).toEqual([]);
  await passing(20 * minute); // it is noticed by two looks in a row
  expect(said).toEqual(['began after 20 s']);
  await done(id);
  await passing(4 * minute);
  expect(said).toHaveLength(1);
  await passing(20 * minute);
  expect(said).toEqual(['began after 20 s', 'over after 1510 s']);
});

test('what is late again within five minutes is the same trouble, and later is another one', async () => {
  const { passing, dueAt, done, said } = await twoBots();
  const first = await dueAt(0);
  await passing(30 * second);
  await done(first.id);
  const again = await dueAt(120);
  await passing(150 * second);
  await done(again.id);
  await passing(4 * minute);
  expect(said).toEqual(['began after 20 s']);
  await passing(2 * minute);
  expect(said).toHaveLength(2);
  await dueAt(600);
  await passing(5 * minute);
  expect(said.map((one) => one.split(' ')[0])).toEqual(['began', 'over', 'began']);
});

test('what one look finds late and the next does not is said by nobody', async () => {
  const { passing, dueAt, done, said } = await twoBots();
  const { id } = await dueAt(0);
  await passing(15 * second);
  await done(id);
  await passing(10 * minute);
  expect(said).toEqual([]);
});

test('what is caught up with after a time without anybody is said by nobody, what is not is', async () => {
  const { passing, dueAt, done, said, logged } = await twoBots();
  await passing(10 * second);
  const { id } = await dueAt(60);
  await dueAt(61);
  await passing(20 * minute, false);
  await passing(50 * second);
  expect(said).toEqual([]);
  await done(id);
  await passing(35 * second); // the other one is still there
  expect(said).toEqual(['began after 1295 s']);
  expect(logged().map(({ message }) => message)).toEqual(['Timers of incidents are late']);
});
