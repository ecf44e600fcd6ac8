import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a tool of the project to its end; all that it says goes to the screen when it fails. */
export async function runTool(
  script: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ ok: boolean; said: string }> {
  const argv = ['--disable-warning=ExperimentalWarning', join('node_modules', script), ...words];
  const child = spawn(process.execPath, argv, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  return { ok: code === 0, said };
}
