import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TargetError } from '../../core/errors.ts';
import type { PidFile } from './find-running.ts';
import { markedEnvironment } from './find-unwritten.ts';
import { outputOf } from './place.ts';
import { startIdentity } from './start-identity.ts';
import { writeWhole } from './write-whole.ts';

/** What is started, and what is written down about it. */
export interface Start {
  /** The program and its arguments; no shell reads them. */
  argv: readonly string[];
  /** The pid file, `run/NAME.json`; what the program prints goes to `run/NAME.out`. */
  file: string;
  release: string;
  /** In milliseconds since 1970. */
  startedAt: number;
}

/**
 * Starts a program that outlives Gatehouse, with none of its environment, and writes its pid file. Until
 * then, and without it, the copy is found by what stands in its own environment.
 *
 * @throws {TargetError} when it cannot be started, or has ended at once.
 */
export async function startDetached({ argv, file, release, startedAt }: Start): Promise<PidFile> {
  const [program = '', ...args] = argv;
  await mkdir(dirname(file), { recursive: true });
  const output = outputOf(file);
  const out = await open(output, 'a', 0o600);
  try {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', out.fd, out.fd],
      env: markedEnvironment({ file, startedAt, release, argv: [...argv] }),
    });
    await once(child, 'spawn').catch((cause) => {
      throw new TargetError(`${program} cannot be started`, { retryable: false, cause });
    });
    child.unref();
    const pid = child.pid ?? 0;
    const start = await startIdentity(pid);
    if (start === null) {
      throw new TargetError(`it has ended again; its last words are in ${output}`, {
        retryable: false,
      });
    }
    const written = { pid, start, startedAt, release, argv: [...argv] };
    await writeWhole(file, written, String(pid));
    return written;
  } finally {
    await out.close();
  }
}
