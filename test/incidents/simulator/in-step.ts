import { expect } from 'vitest';
import type { Incident } from '../../../src/core/incident.ts';
import type { Incidents } from '../../../src/core/incidents.ts';
import type { Outbox, OutboxRow } from '../../../src/core/outbox.ts';
import { type Pace, type PaceLimits, usualPace } from '../../../src/core/pace.ts';
import type { Engine } from '../../../src/store/database/engine.ts';
import { trackTransactions } from '../../../src/store/database/transactions.ts';
import { sqlIncidents } from '../../../src/store/incident/sql-incidents.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import { sqlOutbox } from '../../../src/store/outbox/sql-outbox.ts';
import { sqlPace } from '../../../src/store/outbox/sql-pace.ts';
import { type Chance, chanceFrom } from '../../runs/simulator/chance.ts';
import { beginWith } from '../../runs/simulator/sql-stage.ts';
import { stillClock } from '../../support/clock.ts';
import { inWords } from './told.ts';

/** What is asked of a store about its messages. */
export interface Asked {
  incidents: Incidents;
  outbox: Outbox;
  pace: Pace;
}

/** Two stores that are asked the same, one after the other, and have to say the same. */
export interface InStep {
  chance: Chance;
  now(): number;
  pass(ms: number): void;
  /** Asks both; answers what memory says, and what the database does. */
  ask<T>(name: string, question: (one: Asked, at: 0 | 1) => Promise<T>): Promise<[T, T]>;
  /** As they stand. */
  declared: Incident[];
  /** All that was ever taken, from memory and from the database. */
  taken: [OutboxRow, OutboxRow][];
}

/** A pace that holds nearly everything up. */
const slow: PaceLimits = {
  'chat.postMessage': { most: 12, within: 60_000 },
  'chat.update': { most: 7, within: 60_000 },
};

/** A database that is empty, and memory, at the same moment; the seed decides what is picked. */
export function createInStep(engine: Engine, seed: number): InStep {
  const chance = chanceFrom(seed);
  const clock = stillClock(1_700_000_000_000 + Math.floor(chance.next() * 60_000));
  const limits = chance.pick([usualPace, slow]);
  const both = [memoryStore({ clock, pace: limits }), inDatabase(engine, clock, limits)] as const;
  let asked = 0;
  return {
    ...{ chance, now: clock.now, pass: clock.pass, declared: [], taken: [] },
    async ask(name, question) {
      asked += 1;
      const [memory, database] = [await question(both[0], 0), await question(both[1], 1)];
      expect(inWords(database), `seed ${seed}, ${asked}: ${name}`).toBe(inWords(memory));
      return [memory, database];
    },
  };
}

function inDatabase(engine: Engine, clock: { now(): number }, limits: PaceLimits): Asked {
  const db = engine.db.withPlugin(beginWith({ now: clock.now }));
  const { transact } = trackTransactions(db);
  return {
    incidents: sqlIncidents({ engine: { db }, added() {} }),
    outbox: sqlOutbox({ db, transact }, limits),
    pace: sqlPace(db, limits),
  };
}
