import type { Part } from './part.ts';
import { runTool } from './run-tool.ts';

/**
 * A test file, asked for more than in the default run; several times at once where there is more than one
 * environment. Skipped is one of which nothing could be tried, and that did not fail.
 */
export const testFile = (
  name: string,
  file: string,
  envs: Record<string, string> | readonly Record<string, string>[],
  what: string,
): Part => ({
  name,
  async prove() {
    const ran = await Promise.all([envs].flat().map((env) => runFile(file, env)));
    return {
      done: ran.every(({ isSkipped }) => isSkipped) ? 'SKIPPED: there is no PostgreSQL here' : what,
      wrong: ran.flatMap(({ wrong }) => wrong),
    };
  },
});

async function runFile(file: string, env: Record<string, string>) {
  const { ok, said } = await runTool('vitest/vitest.mjs', ['run', file], env);
  const found = /(\d+) passed, (\d+) failed, (\d+) skipped/.exec(said) ?? [];
  const [passed = 0, failed = 0, skipped = 0] = found.slice(1).map(Number);
  return {
    isSkipped: ok && passed === 0 && skipped > 0,
    wrong: ok && passed + skipped > 0 ? [] : [`${failed} failed`, said],
  };
}
