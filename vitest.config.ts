import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { bareEnv } from './test/support/bare-env.ts';
import { LongestFirst } from './test/support/longest-first.ts';
import { patience } from './test/support/patience.ts';
import { SummaryReporter } from './test/support/summary-reporter.ts';

/** What leaves nothing behind: the files of these folders share processes, since starting one takes longer than most of them. */
const tidy = [
  ...['core', 'views', 'permissions', 'properties', 'config', 'handlers', 'actions', 'gatehouse'],
  ...['workspace/blocks', 'workspace/page/state', 'workspace/page/text'],
].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // As Node does it, so that what runs under test is what runs.
    deps: { interopDefault: false },
    // Much of a test is waiting for processes and sockets: one worker more than two cores have.
    maxWorkers: Math.max(3, availableParallelism()),
    sequence: { sequencer: LongestFirst },
    // For the programs that tests start: most of a short life is compiling.
    env: { NODE_COMPILE_CACHE: bareEnv.NODE_COMPILE_CACHE },
    // The same inputs in every run, so that a red one is about what was changed.
    setupFiles: ['test/support/same-inputs.ts'],
    // Whoever is late is slow and not wrong: the machine may have stood still in between.
    testTimeout: 4 * patience,
    hookTimeout: 6 * patience,
    expect: { poll: { timeout: patience } },
    reporters: ['dot', new SummaryReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...tidy],
        },
      },
      { extends: true, test: { name: 'together', include: tidy, isolate: false } },
    ],
  },
});
