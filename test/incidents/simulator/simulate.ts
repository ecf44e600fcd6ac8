import { setImmediate as turn } from 'node:timers/promises';
import { advance } from './advance.ts';
import type { Code } from './code.ts';
import { happen } from './happen.ts';
import { boot } from './replica.ts';
import type { Stage } from './stage.ts';
import { settle } from './time.ts';
import { createWorld, type Replica, type World } from './world.ts';

/** What came of a schedule: the first thing that must not have happened, null when all is well; and the whole world. */
interface Schedule {
  verdict: string | null;
  seen: Map<string, number>;
  world: World;
}

/** Runs one schedule. Nobody reads where the errors in it come from, unless it is the only one. */
export async function simulate(code: Code, seed: number, stage?: Stage): Promise<Schedule> {
  const { stackTraceLimit } = Error;
  if (!process.env.SIM_SEED) Error.stackTraceLimit = 0;
  try {
    return await runSchedule(code, seed, stage);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function runSchedule(code: Code, seed: number, stage?: Stage): Promise<Schedule> {
  await turn(); // everything else in this process has its turn between two schedules
  const world = createWorld(code, seed, stage);
  const { chance, judge } = world;
  await world.store.presence.beat();
  const replicas = [boot(world, code, 'A'), boot(world, code, 'B')];
  let happenings = 8 + Math.floor(chance.next() * 14);
  while (happenings > 0 && judge.verdict() === null) {
    const dice = chance.next();
    if (dice < (world.time.waiting() === 0 ? 0.5 : 0.08)) {
      happenings -= 1;
      await happen(world, replicas, (name) => boot(world, code, name));
      await settle();
    } else if (dice > 0.93 || !(await world.time.step(chance.pick))) {
      await advance(world, replicas);
    }
  }
  await calm(world, code, replicas);
  for (const { process } of replicas) world.time.kill(process);
  for (let turns = 0; turns < 3; turns += 1) await settle(); // what has begun comes to its end
  await judge.end();
  return { verdict: judge.verdict(), seen: judge.seen, world };
}

const minute = 60_000;
/** So many seconds at most are waited at the end. */
const longest = 400;

/** Nothing goes wrong any more, and nobody does anything: whatever is promised has to be kept by itself. */
async function calm(world: World, code: Code, replicas: Replica[]): Promise<void> {
  const { time, judge, chance } = world;
  Object.assign(world, { troubled: false });
  world.slack.setAway(false);
  world.nobody.clear();
  for (const [at, { process }] of replicas.entries()) {
    if (!process.alive) replicas[at] = boot(world, code, process.name);
  }
  const rest = async () => {
    for (let steps = 0; steps < 5_000 && (await time.step(chance.pick)); steps += 1);
  };
  await rest();
  const begun = time.now();
  const end = begun + chance.pick([9, 9, 15, 42]) * minute;
  while (time.now() < end && judge.verdict() === null) {
    await advance(world, replicas);
    await rest();
    if (time.now() >= begun + 70_000) judge.calm(begun);
  }
  // A channel takes one message a second: what has waited for Slack goes on coming for as long as there is some.
  let before = -1;
  for (let n = 0; n < longest && judge.verdict() === null; n += 1) {
    if (n >= 40 && world.slack.messages.length === before) break;
    before = world.slack.messages.length;
    await time.goTo(time.now() + 1_000, () => void world.store.presence.beat(), true);
    for (const replica of replicas) replica.tick();
    await settle();
    await rest();
  }
}
