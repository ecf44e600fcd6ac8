/**
 * A process that takes a lock, says its fence, takes a step every 100 ms for as long as it may, and
 * says so when it may not any more.
 *
 *   node lock-holder.ts DATABASE_URL TARGET
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Secret } from '../../src/core/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import { realClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const [url = '', target = ''] = process.argv.slice(2);
const databaseUrl = new Secret(url);
const store = await openStore({ databaseUrl, dataDir: '', log: quietLog, clock: realClock });
const lock = await store.locks.acquire(target, 'run-1');
if (!('fence' in lock)) throw new Error(`${lock.owner} has it`);
writeSync(1, `${lock.fence}\n`);

let before = realClock.monotonic();
try {
  for (;;) {
    await sleep(100);
    if (realClock.monotonic() - before > 3_000) writeSync(1, 'stopped\n');
    before = realClock.monotonic();
    await lock.check();
    writeSync(1, 'step\n');
  }
} catch {
  writeSync(1, 'lost\n');
}
