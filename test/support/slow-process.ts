import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDetached } from '../../src/targets/process/start-detached.ts';
import { lasts } from './lasting.ts';

/** A process that is operated through its pid file and takes its time to end. */
export interface SlowProcess {
  /** What the catalogue says of it. */
  section: Readonly<Record<string, unknown>>;
  /** Starts it as whoever operates it would. */
  start(): Promise<void>;
  /** How often it was started, as it has written down itself. */
  starts(): number;
  /** How often it was told to end. */
  tolds(): number;
  /** Ends it at once, if it runs. */
  kill(): void;
}

/** It ends so many milliseconds after it was told to. */
const program = (folder: string, endsIn: number): string => `
const { appendFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(join(folder, 'starts'))}, '.');
process.on('SIGTERM', () => {
  appendFileSync(${JSON.stringify(join(folder, 'tolds'))}, '.');
  setTimeout(() => process.exit(0), ${endsIn});
});
${lasts}
`;

/** One in this folder; it is not started yet. */
export function slowProcess(folder: string, endsIn: number): SlowProcess {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'program.cjs');
  writeFileSync(file, program(folder, endsIn));
  const argv = [process.execPath, file];
  const pidFile = join(folder, 'run/api.json');
  const count = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').length : 0;
  return {
    section: { process: { directory: folder, instances: [{ name: 'api', command: argv }] } },
    async start() {
      await startDetached({ argv, file: pidFile, release: 'v1', startedAt: Date.now() });
      while (count('starts') === 0) await new Promise((done) => setTimeout(done, 10));
    },
    starts: () => count('starts'),
    tolds: () => count('tolds'),
    kill() {
      if (!existsSync(pidFile)) return;
      const { pid } = JSON.parse(readFileSync(pidFile, 'utf8'));
      try {
        process.kill(pid, 'SIGKILL');
      } catch {} // it has ended
    },
  };
}
