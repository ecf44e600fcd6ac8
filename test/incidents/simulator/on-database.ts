import { expect, test } from 'vitest';
import type { Engine } from '../../../src/store/database/engine.ts';
import { freezeTime } from '../../runs/simulator/sql-stage.ts';
import { realCode } from './code.ts';
import { endStateOf } from './end-state.ts';
import { simulate } from './simulate.ts';
import { empty, inMemoryInOrder, letEmpty, stageIn } from './sql-stage.ts';

/**
 * Of so many schedules one has to end to the letter as it does in memory. The others part at a row that is as good
 * as another one, and have to be as good for the judge.
 */
const share = 5;

/** Runs so many schedules in a real database, the first ones of those that are run in memory, and compares. */
export function schedulesOn(open: () => Promise<Engine>, many: number): void {
  const patience = { timeout: 120_000 + many * 20_000 };
  test(
    `every promise is kept in ${many} schedules, which end as they do in memory`,
    patience,
    async () => {
      const engine = await open();
      let same = 0;
      try {
        await freezeTime(engine);
        await letEmpty(engine);
        for (let seed = 0; seed < many; seed += 1) {
          const there = await simulate(realCode, seed, inMemoryInOrder);
          const wanted = await endStateOf(there.world);
          await empty(engine);
          const { verdict, world } = await simulate(realCode, seed, stageIn(engine));
          expect([there.verdict, verdict], `SIM_SEED=${seed}`).toEqual([null, null]);
          if (JSON.stringify(sorted(await endStateOf(world))) === JSON.stringify(sorted(wanted)))
            same += 1;
        }
        expect(same).toBeGreaterThanOrEqual(Math.floor(many / share));
      } finally {
        await engine.close();
      }
    },
  );
}

/** Whatever order its fields are in. */
const sorted = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ),
  );
