import type { Part } from './part.ts';
import { runTool } from './run-tool.ts';

/** A test file, asked for more than in the default run. Skipped is one of which nothing could be tried, and that did not fail. */
export const testFile = (
  name: string,
  file: string,
  env: Record<string, string>,
  what: string,
): Part => ({
  name,
  async prove() {
    const { ok, said } = await runTool('vitest/vitest.mjs', ['run', file], env);
    const found = /(\d+) passed, (\d+) failed, (\d+) skipped/.exec(said) ?? [];
    const [passed = 0, failed = 0, skipped = 0] = found.slice(1).map(Number);
    const isSkipped = ok && passed === 0 && skipped > 0;
    return {
      done: isSkipped ? 'SKIPPED: there is no PostgreSQL here' : what,
      wrong: ok && passed + skipped > 0 ? [] : [`${failed} failed`, said],
    };
  },
});
