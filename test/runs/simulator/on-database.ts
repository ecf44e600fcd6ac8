import { expect, test } from 'vitest';
import { sqlAudit } from '../../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../../src/store/database/engine.ts';
import { memoryInTurn } from './in-turn.ts';
import { realCode } from './real-code.ts';
import { simulate } from './simulate.ts';
import { freezeTime, stageIn } from './sql-stage.ts';
import { traced } from './traced.ts';

/** So many schedules are compared with the same in memory, word by word. */
const mostCompared = 100;

/** Runs so many schedules on a real database, the first ones of those that are run in memory. */
export function schedulesOn(open: () => Promise<Engine>, many: number): void {
  const patience = { timeout: 60_000 + many * 3_000 };
  test(
    `nothing happens that must not in ${many} schedules, and what does is what happens in memory`,
    patience,
    async () => {
      const engine = await open();
      try {
        await freezeTime(engine);
        for (let seed = 0; seed < many; seed += 1) {
          const there = traced(stageIn(engine, seed));
          const { verdict } = await simulate(realCode, seed, there.stage);
          expect(verdict, `seed ${seed}`).toBeNull();
          if (seed >= mostCompared) continue;
          const here = traced(memoryInTurn(there.stage));
          await simulate(realCode, seed, here.stage);
          expect(there.lines, `seed ${seed}`).toEqual(here.lines);
        }
        expect(await sqlAudit(engine.db).verify()).toMatchObject({ ok: true });
      } finally {
        await engine.close();
      }
    },
  );
}
