import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { bareEnv } from './bare-env.ts';

/** What a program did. */
export interface Ran {
  code: number | null;
  /** What it printed, without the line break at the end. */
  out: string;
  /** What it complained of, line by line. */
  complaints: readonly string[];
}

/** Runs one of our programs to its end, with these variables and none of this machine's own. */
export async function runProgram(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  // No such program lives long enough for what a better compilation of its database would bring.
  const argv = ['--disable-warning=ExperimentalWarning', '--liftoff-only', ...words];
  const child = spawn(process.execPath, argv, {
    env: { ...bareEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], out, errors] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, out: out.trimEnd(), complaints: errors.split('\n').filter((line) => line !== '') };
}
