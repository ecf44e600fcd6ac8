import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { wakeAt } from '../../src/core/incident.ts';
import { createIncidents } from '../../src/incidents/create-incidents.ts';
import { type RepairTools, repairAll } from '../../src/incidents/keeping/repair-all.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import type { Store } from '../../src/store/open-store.ts';
import { quietLog } from '../support/quiet-log.ts';
import { changeOf, declarer } from './incidents.ts';

/** The store, and the database as its owner has it, who can do what no bot can. */
export interface AsleepSetUp {
  store: Pick<Store, 'incidents' | 'audit'>;
  owner: Engine;
}

/** What every database under the incidents must do when somebody takes away what they are found to be due by. */
export function incidentAsleepContract(setUp: () => AsleepSetUp) {
  test('one whose row was robbed of its time is found by the auditor, woken and written down, once', async () => {
    const { incidents, audit } = setUp().store;
    const { id } = await declarer(() => incidents)();
    const seen = async () =>
      (await incidents.unfinished()).filter(({ incident }) => incident.id === id);
    const repair = () => repairAll(auditorOf(incidents, seen));
    await repair(); // it was declared without what it has to wait for
    await rob(setUp().owner, id);
    expect((await seen()).map(({ wake }) => wake)).toEqual([null]);
    await repair();
    const [woken = expect.fail('it is gone')] = await seen();
    expect(woken.wake).toBe(wakeAt(woken.incident));
    await repair();
    const records = await audit.find({ subject: id, limit: 10 });
    const repaired = Array(2).fill('incident.repaired');
    expect(records.map(({ event }) => event)).toEqual([...repaired, 'incident.declared']);
    await incidents.transition(changeOf(woken.incident, { state: 'closed', deadlines: [] }));
  });
}

/** As only who owns the tables can: past the guard that lets no row change without a record. */
const rob = ({ transact }: Engine, id: string): Promise<void> =>
  transact(async (trx) => {
    await sql`alter table incident disable trigger step`.execute(trx);
    await sql`update incident set wake_at = null where id = ${id}`.execute(trx);
    await sql`alter table incident enable always trigger step`.execute(trx);
  });

/** What looks after these incidents alone. */
function auditorOf(
  incidents: Store['incidents'],
  unfinished: Store['incidents']['unfinished'],
): RepairTools {
  const life = createIncidents({
    ...{ incidents, log: quietLog },
    reach: async () => ({}),
    rulesFor: () => expect.fail('nothing is declared'),
    newId: randomUUID,
    sleep: async () => {},
  });
  return { incidents: { unfinished }, life, setups: { comeBy: () => {} }, log: quietLog };
}
