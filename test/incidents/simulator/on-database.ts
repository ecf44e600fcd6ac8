import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/store/database/engine.ts';
import { freezeTime } from '../../runs/simulator/sql-stage.ts';
import { realCode } from './code.ts';
import { endStateOf } from './end-state.ts';
import { createInStep } from './in-step.ts';
import { acts, look } from './in-step-acts.ts';
import { simulate } from './simulate.ts';
import { empty, inMemoryInOrder, letEmpty, stageIn } from './sql-stage.ts';
import type { Stage } from './stage.ts';
import { inWords, telling } from './told.ts';

/** Runs one schedule there: what came of it, and all that the store has said. */
async function runOn(stage: Stage, seed: number) {
  const told: string[] = [];
  const { verdict, world } = await simulate(realCode, seed, telling(stage, told));
  return { verdict, told, end: inWords(await endStateOf(world), true) };
}

/** Asks the outbox of a real database and the one in memory the same, whatever it is. */
async function stayInStep(engine: Engine, seed: number): Promise<void> {
  await empty(engine);
  const both = createInStep(engine, seed);
  for (let n = 1; n <= 60; n += 1) {
    await both.chance.pick(acts)(both);
    if (n % 10 === 0) await look(both);
  }
}

/** Runs so many schedules in a real database: each answer has to be word by word what it is in memory. */
export function schedulesOn(open: () => Promise<Engine>, many: number): void {
  const patience = { timeout: 120_000 + many * 20_000 };
  const sequences = Math.ceil(many / 3);
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    await freezeTime(engine);
    await letEmpty(engine);
  });
  afterAll(() => engine?.close());

  test(
    `every promise is kept in ${many} schedules, which happen word by word as they do in memory`,
    patience,
    async () => {
      for (let seed = 0; seed < many; seed += 1) {
        const there = await runOn(inMemoryInOrder, seed);
        await empty(engine);
        const here = await runOn(stageIn(engine), seed);
        expect([there.verdict, here.verdict], `SIM_SEED=${seed}`).toEqual([null, null]);
        const other = here.told.findIndex((words, at) => words !== there.told[at]);
        expect(here.told[other], `SIM_SEED=${seed}, answer ${other}`).toBe(there.told[other]);
        expect(here.told.length).toBe(there.told.length);
        expect(here.end, `SIM_SEED=${seed}`).toBe(there.end);
      }
    },
  );

  test(
    `the outbox says what it says in memory, whatever is asked of it, ${sequences} times`,
    patience,
    async () => {
      for (let seed = 0; seed < sequences; seed += 1) await stayInStep(engine, seed);
    },
  );
}
