import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './test/support/summary-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // As Node does it, so that what runs under test is what runs.
    deps: { interopDefault: false },
    // Much of a test is waiting for processes and sockets: one worker more than two cores have.
    maxWorkers: Math.max(3, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } }, // a busy machine is late
    reporters: ['dot', new SummaryReporter()],
  },
});
