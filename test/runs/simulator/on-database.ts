import { expect, test } from 'vitest';
import { sqlAudit } from '../../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../../src/store/database/engine.ts';
import { realCode } from './real-code.ts';
import { simulate } from './simulate.ts';
import { freezeTime, stageIn } from './sql-stage.ts';

/** Runs so many schedules on a real database, the first ones of those that are run in memory. */
export function schedulesOn(open: () => Promise<Engine>, many: number): void {
  const patience = { timeout: 60_000 + many * 3_000 };
  test(`nothing happens that must not, in ${many} schedules`, patience, async () => {
    const engine = await open();
    try {
      await freezeTime(engine);
      for (let seed = 0; seed < many; seed += 1) {
        const { verdict } = await simulate(realCode, seed, stageIn(engine, seed));
        expect(verdict, `seed ${seed}`).toBeNull();
      }
      expect(await sqlAudit(engine.db).verify()).toMatchObject({ ok: true });
    } finally {
      await engine.close();
    }
  });
}
