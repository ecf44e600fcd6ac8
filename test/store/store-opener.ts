/**
 * A process that opens the store of a folder, says so or why not, and stays as long as whoever
 * started it.
 *
 *   node store-opener.ts FOLDER
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open-store.ts';
import { realClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const starter = process.ppid;
try {
  const store = await openStore({
    dataDir: process.argv[2] ?? '',
    log: quietLog,
    clock: realClock,
  });
  await store.intake.record({ key: `of ${process.pid}`, kind: 'event', actor: 'T1/U1' });
  writeSync(1, 'open\n');
  setInterval(() => process.ppid === starter || process.exit(), 1_000);
} catch (error) {
  writeSync(1, `${error}\n`);
  process.exitCode = 1;
}
