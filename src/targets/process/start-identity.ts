import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { promisify } from 'node:util';

/**
 * What the kernel says of a process's start, so that a process id that was given away again is not
 * taken for the old process: field 22 of `/proc/PID/stat` on Linux, elsewhere what `ps` prints.
 * Null when no such process runs; a zombie does not run.
 */
export const startIdentity = (pid: number): Promise<string | null> =>
  platform() === 'linux' ? identityFromProc(pid) : identityFromPs(pid);

async function identityFromProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat === null ? null : identityInStat(stat);
}

/** Reads one line of `/proc/PID/stat`. */
export function identityInStat(stat: string): string | null {
  // The second field is the program's name in brackets, and may itself hold spaces and brackets.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? null : (fields[18] ?? null);
}

async function identityFromPs(pid: number): Promise<string | null> {
  // Locale and time zone would change the text between the process that wrote it down and this one.
  const env = { LC_ALL: 'C', TZ: 'UTC' };
  const ran = promisify(execFile)('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { env });
  return ran.then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );
}
