import { expect, test } from 'vitest';
import type { Incident } from '../../../src/core/incident.ts';
import type { IncidentCommand } from '../../../src/core/incident-command.ts';
import { ok } from '../../../src/core/result.ts';
import type { Run } from '../../../src/core/run.ts';
import { tellOfRuns } from '../../../src/incidents/keeping/tell-of-runs.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { someRun } from '../../support/some-run.ts';
import { declared, having, ten } from '../stage.ts';

/** What an incident hears of its runs by whoever looks through all. */
async function heardOf(incident: Incident, ...runs: Run[]): Promise<IncidentCommand[]> {
  const told: IncidentCommand[] = [];
  const teller = tellOfRuns({
    life: {
      do: async (_id, command) => {
        told.push(command);
        return ok(incident);
      },
    },
    incidents: { unfinished: async () => [{ incident, now: ten, wake: null }] as never },
    runs: { ofIncident: async () => runs },
    log: quietLog,
  });
  await teller.all();
  return told;
}

const evidence = (change: Partial<Run>): Run =>
  someRun({ id: 'R-1', incident: 'INC-42', action: 'evidence snapshot', steps: [], ...change });
const waitsForIt = having(declared({ security: true }), [
  { kind: 'evidence', wantedBy: 1, answer: { kind: 'asked', run: 'R-1', by: 'U-sam' } },
  { by: null, at: ten },
]);

test('an incident hears whether a run has ended before anything was done', async () => {
  const stopped = evidence({ state: 'failed', why: 'It was stopped.' });
  const [told] = await heardOf(waitsForIt, stopped);
  expect(told).toMatchObject({ kind: 'run', event: 'failed', facts: { untouched: true } });
  const begun = { ...stopped, steps: [{ id: 's', intentAt: 1, outcome: null }] };
  expect((await heardOf(waitsForIt, begun))[0]).not.toHaveProperty('facts.untouched');
});

test('one that waits for its evidence hears also that it was turned down at once, and no other one does', async () => {
  const denied = evidence({ state: 'denied', waitsUntil: null });
  expect(await heardOf(waitsForIt, denied)).toMatchObject([{ kind: 'run', event: 'denied' }]);
  expect(await heardOf(declared({ security: true }), denied)).toEqual([]);
  expect(await heardOf(waitsForIt, { ...denied, id: 'R-2' })).toEqual([]);
});
