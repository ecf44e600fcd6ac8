import { expect } from 'vitest';
import type { IncidentRules } from '../../src/core/incident-rules.ts';
import type { Incidents } from '../../src/core/incidents.ts';
import { createIncidents } from '../../src/incidents/create-incidents.ts';
import type { Declaration } from '../../src/incidents/incident-life.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { handTime } from '../support/hand-time.ts';
import { quietLog } from '../support/quiet-log.ts';
import { declaration, reach, rules, ten } from './stage.ts';

/** The life of incidents over a store in memory, whose answers may be told otherwise. */
export function lifeHouse(
  told: (incidents: Incidents) => Partial<Incidents> = () => ({}),
  rulesFor: () => IncidentRules = () => rules,
) {
  const time = handTime(ten);
  const store = memoryStore({ clock: time.clock });
  let ids = 0;
  let looks = 0;
  const life = createIncidents({
    incidents: { ...store.incidents, ...told(store.incidents) },
    rulesFor,
    reach: async () => {
      looks += 1;
      return reach;
    },
    newId: () => {
      ids += 1;
      return `change-${ids}`;
    },
    log: quietLog,
    sleep: async () => {},
  });
  const records = async () =>
    (await store.audit.find({ subject: 'INC-1', limit: 100 })).map(({ event }) => event).reverse();
  const declare = async (more: Partial<Declaration> = {}) => {
    const result = await life.declare({ ...declaration, another: true, ...more });
    return result.ok ? result.value : expect.fail('it was not declared');
  };
  return { time, store, life, records, declare, looks: () => looks };
}
