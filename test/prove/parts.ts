import { readFileSync } from 'node:fs';
import { areas } from '../mutants/areas.ts';
import { faults } from '../runs/simulator/faults.ts';
import { interesting } from '../runs/simulator/interesting.ts';
import { bareEnv } from '../support/bare-env.ts';
import { inWorker } from './in-worker.ts';
import type { Part } from './part.ts';
import { runTool } from './run-tool.ts';
import { schedulesInMemory } from './schedules-in-memory.ts';
import { testFile } from './test-file.ts';

/**
 * How much is done of everything, and how many parts at a time; each can be asked for by a variable of its
 * name in capitals.
 */
export const amounts = {
  schedules: Number(process.env.SCHEDULES ?? 100_000),
  faultSchedules: Number(process.env.FAULT_SCHEDULES ?? 5_000),
  postgres: Number(process.env.POSTGRES_SCHEDULES ?? 500),
  embedded: Number(process.env.EMBEDDED_SCHEDULES ?? 100),
  kills: Number(process.env.KILLS ?? 150),
  houses: Number(process.env.HOUSES ?? 2),
  workers: Number(process.env.WORKERS ?? 2),
};

/** Fewer would prove little of the simulator. */
const fewestFaults = 30;

export const schedules: readonly Part[] = schedulesInMemory('schedules in memory', 'runs', {
  schedules: amounts.schedules,
  shares: 2,
  interesting,
});

export const seededFaults: Part = {
  name: 'seeded faults',
  async prove() {
    const { faultSchedules } = amounts;
    const share = { what: 'faults', schedules: faultSchedules, worker: 0, workers: 1 };
    const found = await inWorker('runs', share);
    const [last = ['', 0]] = [...found.seen].toSorted(([, a], [, b]) => b - a);
    const few = faults.length < fewestFaults ? [`there are only ${faults.length}`] : [];
    return {
      done: `${found.done} faults, ${faultSchedules} schedules each; the last was found in schedule ${last[1]}`,
      wrong: [...found.wrong, ...few],
    };
  },
};

const otherInputs = String(Date.now() % 2 ** 31);

/** The default run tries properties with the same inputs each time; here they are others each time. */
export const properties: readonly Part[] = [
  'test/properties',
  'test/handlers/grammar',
  'test/workspace/page/text',
].map((folder) =>
  testFile(
    `other inputs for ${folder}`,
    folder,
    { FC_SEED: otherInputs },
    `properties with FC_SEED=${otherInputs}`,
  ),
);

export const embeddedSchedules = testFile(
  'schedules on the embedded database',
  'test/runs/simulator/embedded.test.ts',
  { SIM_EMBEDDED: String(amounts.embedded) },
  `${amounts.embedded} schedules`,
);

export const postgresSchedules = testFile(
  'schedules on PostgreSQL',
  'test/runs/simulator/postgres.test.ts',
  { SIM_POSTGRES: String(amounts.postgres) },
  `${amounts.postgres} schedules`,
);

/** Whoever is killed mostly waits: several houses at a time, each with its own database, people and chance. */
const killsIn = (name: string, file: string): Part => {
  const { kills, houses } = amounts;
  const share = String(Math.ceil(kills / houses));
  const seedOf = (house: number) => String((Date.now() + house * 1_000_003) % 2 ** 31);
  const envs = Array.from({ length: houses }, (_, house) => ({
    KILLS: share,
    SEED: seedOf(house),
  }));
  return testFile(name, file, envs, `${kills} kills, in ${houses} houses`);
};

export const embeddedKills = killsIn(
  'one bot killed, embedded database',
  'test/runs/killed/embedded.test.ts',
);

export const postgresKills = killsIn(
  'two bots killed, PostgreSQL',
  'test/runs/killed/postgres.test.ts',
);

interface Report {
  files: Record<string, { mutants: { status: string }[] }>;
}

/** The mutants of one area. */
export const mutants = Object.entries(areas).map(
  ([area, { atLeast }]): Part => ({
    name: `mutants of ${area}`,
    async prove() {
      const words = ['run', 'test/mutants/stryker.config.mjs'];
      // Some mutants are met by a thread of their own, which reads everything anew.
      const { NODE_COMPILE_CACHE } = bareEnv;
      const env = { AREA: area, RUNNERS: '1', NODE_COMPILE_CACHE };
      const { ok, said } = await runTool('@stryker-mutator/core/bin/stryker.js', words, env);
      const report = JSON.parse(readFileSync(`.gatehouse/mutants/${area}.json`, 'utf8')) as Report;
      const all = Object.values(report.files).flatMap((file) => file.mutants);
      const count = (...states: string[]) =>
        all.filter(({ status }) => states.includes(status)).length;
      const killed = count('Killed', 'Timeout');
      const valid = killed + count('Survived', 'NoCoverage');
      const score = ((100 * killed) / valid).toFixed(1);
      const sure = (areas[area]?.none ?? []).flatMap((file) =>
        (report.files[file]?.mutants ?? [{ status: 'NoCoverage' }])
          .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
          .map(() => `a mutant of ${file} survived`),
      );
      return {
        done: `${valid} mutants, ${score} % noticed (${count('Timeout')} never end), ${atLeast} % wanted`,
        wrong: [...(ok ? [] : [said]), ...sure],
      };
    },
  }),
);
