import { execFile, spawn } from 'node:child_process';
import {
  closeSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** What is written down about a started process. Gatehouse's `process` driver reads and writes the same. */
export interface PidFile {
  pid: number;
  /** The kernel's start identity: a process id alone may belong to somebody else by now. */
  start: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  release: string;
  argv: string[];
}

/** Tells two processes with the same id apart; null when no such process runs (a zombie does not). */
export async function startIdentity(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return linuxIdentity(pid);
  try {
    // Locale and time zone would change the text for whoever reads the pid file.
    const env = { LC_ALL: 'C', TZ: 'UTC' };
    const argv = ['-o', 'lstart=', '-p', String(pid)];
    const { stdout } = await promisify(execFile)('/bin/ps', argv, { env });
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

function linuxIdentity(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** The process that a pid file speaks of, if it still runs. */
export async function findRunning(file: string): Promise<PidFile | null> {
  try {
    const written: PidFile = JSON.parse(readFileSync(file, 'utf8'));
    return (await startIdentity(written.pid)) === written.start ? written : null;
  } catch {
    return null;
  }
}

/** Starts a program that outlives its starter, and writes its pid file. Its output goes to `output`. */
export async function startDetached(
  argv: string[],
  { file, release, output }: { file: string; release: string; output: string },
): Promise<PidFile> {
  const [program = '', ...args] = argv;
  mkdirSync(dirname(file), { recursive: true });
  const out = openSync(output, 'a');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', out, out], env: {} });
  closeSync(out);
  const pid = await new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('spawn', () => done(child.pid as number));
  });
  child.unref();
  const start = await startIdentity(pid);
  if (start === null)
    throw new Error(`${argv.join(' ')} ended at once. Its last words are in ${output}`);
  const written = { pid, start, startedAt: Date.now(), release, argv };
  writeWhole(file, `${JSON.stringify(written)}\n`);
  return written;
}

/** Ends the process of a pid file, kindly at first. True when there was one. */
export async function end(file: string, patience = 2000): Promise<boolean> {
  const running = await findRunning(file);
  if (!running) return false;
  process.kill(running.pid, 'SIGTERM');
  for (let waited = 0; waited < patience; waited += 25) {
    await wait(25);
    if (!(await findRunning(file))) return true;
  }
  if (await findRunning(file)) process.kill(running.pid, 'SIGKILL');
  return true;
}

/** Kills the process of a pid file without asking. True when there was one. */
export async function endAtOnce(file: string): Promise<boolean> {
  const running = await findRunning(file);
  if (!running) return false;
  process.kill(running.pid, 'SIGKILL');
  while (await findRunning(file)) await wait(10);
  return true;
}

/** Ends everything that a pid file below the demo's folder speaks of, except this process. */
export async function endAll(data: string): Promise<void> {
  const files = globSync(join(data, '{redis,systems/*}', 'run', '*.json'));
  const others = await Promise.all(
    files.map(async (file) => ({ file, of: await findRunning(file) })),
  );
  await Promise.all(
    others.filter(({ of }) => of && of.pid !== process.pid).map(({ file }) => end(file)),
  );
}

/** Writes a file so that a reader sees the old text or the new one, never a part. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  writeFileSync(`${file}.${process.pid}`, text, { mode });
  renameSync(`${file}.${process.pid}`, file);
}
