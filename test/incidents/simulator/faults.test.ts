import { expect, test } from 'vitest';
import { faults as ofIncidents } from './faults.ts';
import { leavingFaults } from './faults-leaving.ts';
import { sendingFaults } from './faults-sending.ts';
import { findFault } from './find-fault.ts';

const faults = [...ofIncidents, ...sendingFaults, ...leavingFaults];
/** Within so many schedules each of the mistakes must be found; most are within ten. */
const enough = 5_000;

test('there are mistakes enough to look for', () => {
  expect(faults.length).toBeGreaterThanOrEqual(40);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

test.each(faults)('it would be noticed if $name', { timeout: 300_000 }, async (fault) => {
  const found = await findFault(fault, enough);
  if (process.env.SIM_SHOW) console.log(fault.name, found);
  expect(found).not.toBeNull();
});
