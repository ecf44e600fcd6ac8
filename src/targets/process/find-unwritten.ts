import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { startIdentity } from './start-identity.ts';

/** What a copy carries in its environment from its first moment on, so that it can be found without its pid file. */
const mark = z.object({
  file: z.string(),
  startedAt: z.number(),
  release: z.string(),
  argv: z.array(z.string()),
});

/** What is known of a copy before it runs; `file` is its pid file. */
export type Mark = z.infer<typeof mark>;

const variable = 'GATEHOUSE_COPY';

/** The environment of a copy. */
export const markedEnvironment = (known: Mark): Record<string, string> => ({
  [variable]: JSON.stringify(known),
});

/**
 * A copy that runs and that no pid file speaks of, because whoever started it was killed before it wrote
 * one. Only where the kernel shows it (`/proc`); null elsewhere, and when there is none.
 */
export async function findUnwritten(file: string) {
  const entries = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    entries
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .map(read),
  );
  return found.find((copy) => copy?.file === file) ?? null;
}

/** Its children have the same environment: only what was started on its own leads a group of processes. */
async function read(pid: number) {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  const written = text.split('\0').find((one) => one.startsWith(`${variable}=`));
  if (written === undefined || !(await leads(pid))) return null;
  const { data } = mark.safeParse(parse(written.slice(variable.length + 1)));
  const start = await startIdentity(pid);
  return data && start !== null ? { ...data, pid, start } : null;
}

async function leads(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] === `${pid}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
