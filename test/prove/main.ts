/**
 * The long proof, `npm run prove`: what takes too long for every test run. Ends with a table, and with
 * exit code 1 when anything does not hold. PARTS names those to run, by the beginning of their names, with a
 * semicolon between.
 */

import { incidentKills, incidentSchedules } from './incident-parts.ts';
import type { Part } from './part.ts';
import {
  amounts,
  embeddedKills,
  embeddedSchedules,
  mutants,
  postgresKills,
  postgresSchedules,
  properties,
  schedules,
  seededFaults,
} from './parts.ts';

interface Row {
  part: string;
  done: string;
  result: string;
  seconds: number;
}

const wanted = (process.env.PARTS ?? '').split(';').map((part) => part.trim());
const isWanted = ({ name }: Part) => wanted.some((part) => name.startsWith(part));

/** What keeps a core busy, the longest first: as many at a time as there are cores. */
const busy: readonly Part[] = [
  ...incidentSchedules,
  ...schedules,
  ...mutants,
  seededFaults,
  postgresSchedules,
  embeddedSchedules,
  ...properties,
];

/** Bots that are killed mostly wait for each other: two such parts at a time find room beside all of it. */
const waiting: readonly Part[] = [embeddedKills, postgresKills, ...incidentKills];

const unknown = wanted.filter(
  (one) => ![...busy, ...waiting].some(({ name }) => name.startsWith(one)),
);
if (unknown.length > 0) {
  const names = [...busy, ...waiting].map(({ name }) => name).join('\n');
  console.error(
    `No part begins with “${unknown.join('”, “')}”. PARTS can name, with a semicolon between:\n${names}`,
  );
  process.exit(2);
}

const rows: Row[] = [];
async function prove(part: Part): Promise<void> {
  const from = performance.now();
  const { done, wrong } = await part
    .prove()
    .catch((error: unknown) => ({ done: 'broke off', wrong: [String(error)] }));
  const seconds = Math.round((performance.now() - from) / 1_000);
  for (const line of wrong) console.log(`${part.name}: ${line}`);
  const result = wrong.length > 0 ? 'FAILED' : done.startsWith('SKIPPED') ? 'skipped' : 'holds';
  rows.push({ part: part.name, done, result, seconds });
  console.log(`${part.name}: ${done}: ${result}, ${seconds} s`);
}

const from = performance.now();
const lane = async (parts: Part[]) => {
  for (let part = parts.shift(); part; part = parts.shift()) await prove(part);
};
const lanes = (parts: readonly Part[]) => {
  const left = parts.filter(isWanted);
  return Array.from({ length: amounts.workers }, () => lane(left));
};
await Promise.all([...lanes(busy), ...lanes(waiting)]);
console.table(rows);
const minutes = ((performance.now() - from) / 60_000).toFixed(1);
const failed = rows.filter(({ result }) => result === 'FAILED');
console.log(
  failed.length === 0
    ? `All of it holds, after ${minutes} minutes.`
    : `Not everything holds, after ${minutes} minutes.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
