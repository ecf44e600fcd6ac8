import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { changeOf, declarer, type IncidentsSetUp } from './incidents.ts';

const lease = 50_000;
const step = 20_000;
/** The longest that other tests hold something, and for how long it is held here so that none of it comes back. */
const [hour, always] = [3_600_000, 1e10];

/** Three incidents that are due, and what is known of who has taken them. */
async function threeDue({ store: { incidents }, pass }: IncidentsSetUp) {
  await pass(hour); // whoever holds something else lets it go
  while ((await incidents.takeDue(1_000, always)).length > 0);
  const held = new Map<string, { incident: Incident; until: number }>();
  let time = 0;
  const { now } = await incidents.next();
  for (const severity of [3, 1, 2] as const) {
    const deadlines = [{ kind: 'update' as const, at: now - 1_000, step: 0 }];
    const incident = await declarer(() => incidents)({ severity, deadlines });
    held.set(incident.id, { incident, until: 0 });
  }
  return {
    pass: async () => {
      await pass(step);
      time += step;
    },
    take: async (limit: number) => {
      const expected = [...held.values()]
        .filter(({ until }) => until <= time)
        .map(({ incident }) => incident)
        .toSorted((a, b) => a.severity - b.severity)
        .slice(0, limit);
      const taken = await incidents.takeDue(limit, lease);
      expect(taken.map(({ incident }) => incident)).toEqual(expected);
      for (const incident of expected) held.set(incident.id, { incident, until: time + lease });
    },
    change: async (which: number) => {
      const { incident } = [...held.values()][which] ?? expect.fail();
      const done = await incidents.transition(changeOf(incident));
      if (done.kind === 'moved-on') expect.fail('it has moved on');
      held.set(incident.id, { incident: done.incident, until: 0 });
    },
    end: async () => {
      for (const { incident } of held.values()) {
        await incidents.transition(changeOf(incident, { deadlines: [] }));
      }
    },
  };
}

const deeds = fc.oneof(
  fc.record({ do: fc.constant('pass' as const), n: fc.constant(0) }),
  fc.record({ do: fc.constant('take' as const), n: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('change' as const), n: fc.integer({ min: 0, max: 2 }) }),
);

/** How every implementation of {@link Incidents} lets what is due be worked on. */
export function incidentHoldsContract(setUp: () => IncidentsSetUp) {
  test('what is due is worked on by one at a time, whoever takes, dies, changes it or waits, and never forgotten', () =>
    fc.assert(
      fc.asyncProperty(fc.array(deeds, { minLength: 1, maxLength: 12 }), async (asked) => {
        const incidents = await threeDue(setUp());
        try {
          for (const deed of asked) await incidents[deed.do](deed.n);
        } finally {
          await incidents.end();
        }
      }),
      { numRuns: 8 },
    ));
}
