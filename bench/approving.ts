import { performance } from 'node:perf_hooks';
import { drivers } from '../src/targets/index.ts';
import { fakeMachines } from '../test/support/fake-machines.ts';
import { type House, openHouse } from '../test/support/house.ts';
import { answersIn, textOf } from '../test/support/person.ts';
import { approvals, runCatalogue } from '../test/support/run-catalogue.ts';
import { runIdIn, toldAlone } from '../test/support/run-house.ts';
import { people } from '../workspace/people.ts';
import { median, quantile, short } from './figures.ts';
import type { Goal } from './goal.ts';
import { withPostgres } from './with-postgres.ts';

const restarts = 30;

/**
 * From the manager's click in Slack to the first call that changes the target, through a local Slack
 * and PostgreSQL. The target answers at once, so that the plan's own reads cost nothing.
 */
export const benchApproving = (): Promise<Goal[]> =>
  withPostgres(async ({ open }) => {
    const store = await open();
    const machines = fakeMachines();
    const names = Array.from({ length: restarts }, (_, at) => `service-${at}`);
    const house = await openHouse({
      services: [],
      catalogue: () => runCatalogue(Object.fromEntries(names.map((name) => [name, { fake: {} }]))),
      openStore: async () => ({ ...store, close: async () => {} }),
      drivers: [...drivers, machines.driver],
    });
    try {
      const times: number[] = [];
      for (const name of names) times.push(await timeOne(house, machines.of(name), name));
      return [
        {
          name: 'from the click to the first call that changes something, PostgreSQL',
          ours: `${short(median(times))} ms median, ${short(quantile(times, 0.95))} ms p95`,
          rival: '100 ms',
          result: median(times) / 100,
          target: { at: 'most', value: 1 },
        },
      ];
    } finally {
      await house.close();
    }
  });

type Machine = ReturnType<ReturnType<typeof fakeMachines>['of']>;

async function timeOne({ person, slack }: House, machine: Machine, name: string): Promise<number> {
  const asking = person(people.onCall1);
  const typed = `restart ${name}@prod --reason "memory leak"`;
  const run = runIdIn(await toldAlone(asking, () => asking.types(typed)));
  const card = await slack.waitFor(people.onCall2, (seen) =>
    answersIn(seen).find(
      ({ channel, ...one }) => channel === approvals && textOf(one).includes(run),
    ),
  );
  const begun = new Promise<number>((resolve) => {
    machine.onRestart = async () => resolve(performance.now());
  });
  const clicked = performance.now();
  await person(people.manager1).clicks(card, 'Approve');
  return (await begun) - clicked;
}
