import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { realClock } from '../support/clock.ts';
import { dataFolder } from '../support/data-folder.ts';
import { quietLog } from '../support/quiet-log.ts';
import { someIncident } from '../support/some-incident.ts';

test('numbers of incidents that a process left unused are given by the next one, and none is given twice', async () => {
  const folder = await dataFolder();
  const open = () => openStore({ dataDir: folder.path, log: quietLog, clock: realClock });
  const first = await open();
  const { number } = await first.incidents.next();
  const audit = { event: 'incident.declared', actor: 'gatehouse', facts: {} };
  await first.incidents.declare(someIncident(number), null, audit, []);
  for (let left = 3; left > 0; left -= 1) await first.incidents.next();
  await first.close();
  const second = await open();
  expect((await second.incidents.next()).number).toBe(number + 1);
  await second.close();
  await folder.remove();
});
