import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Sample } from '../../src/core/incidents.ts';
import type { Store } from '../../src/store/open-store.ts';

const minute = 60_000;

/** What every implementation of {@link IncidentSamples} must do. */
export function incidentSamplesContract(setUp: () => { store: Pick<Store, 'incidentSamples'> }) {
  const samples = () => setUp().store.incidentSamples;
  const sample = (at: number, more: Partial<Sample> = {}): Sample => ({
    at,
    health: 'up',
    checks: [{ name: 'login', health: 'up', took: 12.5 }],
    errorRate: null,
    ...more,
  });

  test('of those who want to look in a minute one does, and in the next one again', async () => {
    const incident = randomUUID();
    const claims = (at: number) =>
      Promise.all([1, 2, 3, 4].map(() => samples().claim(incident, at)));
    expect((await claims(minute)).filter(Boolean)).toHaveLength(1);
    expect((await claims(minute)).filter(Boolean)).toHaveLength(0);
    expect((await claims(2 * minute)).filter(Boolean)).toHaveLength(1);
    expect(await samples().claim(randomUUID(), minute)).toBe(true);
  });

  test('what was seen comes back as it was, oldest first, from a moment on', async () => {
    const incident = randomUUID();
    const all = [1, 2, 3].map((n) => sample(n * minute, { health: 'down', errorRate: n / 10 }));
    for (const one of all.toReversed()) {
      await samples().claim(incident, one.at);
      await samples().fill(incident, one);
    }
    expect(await samples().since(incident, 0)).toEqual(all);
    expect(await samples().since(incident, 2 * minute)).toEqual(all.slice(1));
    expect(await samples().since(randomUUID(), 0)).toEqual([]);
  });

  test('a minute that nobody has come to the end of is left out', async () => {
    const incident = randomUUID();
    await samples().claim(incident, minute);
    await samples().fill(incident, sample(2 * minute));
    expect(await samples().since(incident, 0)).toEqual([sample(2 * minute)]);
  });

  test('what was seen once in a minute stays so', async () => {
    const incident = randomUUID();
    await samples().fill(incident, sample(minute));
    await samples().fill(incident, sample(minute, { health: 'down' }));
    expect(await samples().since(incident, 0)).toEqual([sample(minute)]);
    expect(await samples().claim(incident, minute)).toBe(false);
  });
}
