import { interesting } from '../incidents/simulator/interesting.ts';
import type { Part } from './part.ts';
import { schedulesInMemory } from './schedules-in-memory.ts';
import { testFile } from './test-file.ts';

/** How much is done of everything about incidents; each can be asked for by a variable of its name in capitals. */
const amounts = {
  schedules: Number(process.env.INCIDENT_SCHEDULES ?? 100_000),
  embedded: Number(process.env.INCIDENTS_EMBEDDED ?? 40),
  postgres: Number(process.env.INCIDENTS_POSTGRES ?? 150),
  seconds: Number(process.env.KILL_SECONDS ?? 60),
};

const here = 'test/incidents';

/** What mostly waits for a database. */
const onDatabases: readonly Part[] = (['embedded', 'postgres'] as const).map((kind) =>
  testFile(
    `incidents, schedules on ${kind}`,
    `${here}/simulator/${kind}.test.ts`,
    { [`INCIDENTS_${kind.toUpperCase()}`]: String(amounts[kind]) },
    `${amounts[kind]} schedules`,
  ),
);

/** What keeps a core busy. */
export const incidentSchedules: readonly Part[] = [
  ...schedulesInMemory('incidents, schedules in memory', 'incidents', {
    schedules: amounts.schedules,
    shares: 4,
    interesting,
  }),
  testFile(
    'incidents, seeded faults',
    `${here}/simulator/faults.test.ts`,
    {},
    'each found within 5,000 schedules',
  ),
  ...onDatabases,
];

/** Bots that are killed, which mostly wait. */
export const incidentKills: readonly Part[] = ['embedded', 'postgres'].map((kind) =>
  testFile(
    `incidents, bots killed, ${kind}`,
    `${here}/killed/${kind}.test.ts`,
    { KILL_SECONDS: String(amounts.seconds) },
    `20 open incidents, ${amounts.seconds} s of kills`,
  ),
);
