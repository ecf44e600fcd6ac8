import { expect, test } from 'vitest';
import { fewAtOnce } from '../../../src/incidents/watching/few-at-once.ts';
import { sampleAll } from '../../../src/incidents/watching/sampler.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import { declarer } from '../../contracts/incidents.ts';
import { stillClock } from '../../support/clock.ts';
import { quietLog } from '../../support/quiet-log.ts';

test('many incidents about one target are looked at once a minute, with one look for all of them', async () => {
  const clock = stillClock();
  const store = memoryStore({ clock });
  const declare = declarer(() => store.incidents);
  for (let n = 0; n < 20; n += 1) await declare();
  let [looks, claims] = [0, 0];
  const { incidentSamples } = store;
  const samples = {
    ...incidentSamples,
    claim: (id: string, at: number) => {
      claims += 1;
      return incidentSamples.claim(id, at);
    },
  };
  const looked = new Map<string, number>();
  const round = () =>
    sampleAll({
      ...{ incidents: store.incidents, samples, looked, log: quietLog },
      life: { do: async () => expect.fail('nothing is watched') },
      look: async () => {
        looks += 1;
        return [];
      },
    });
  await round();
  await round();
  expect([looks, claims]).toEqual([1, 20]);
  clock.pass(60_000);
  await round();
  expect([looks, claims]).toEqual([2, 40]);
  expect(await samples.since('INC-20', 0)).toHaveLength(2);
});

test('of many things so many are done at a time, and all of them', async () => {
  const [done, open]: [number[], Set<number>] = [[], new Set()];
  let most = 0;
  await fewAtOnce(3, [1, 2, 3, 4, 5, 6, 7], async (one) => {
    open.add(one);
    most = Math.max(most, open.size);
    await new Promise((resolve) => setImmediate(resolve));
    open.delete(one);
    done.push(one);
  });
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
  await fewAtOnce(3, [], async () => expect.fail('there is nothing to do'));
});
