import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './test/support/summary-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // As Node does it, so that what runs under test is what runs.
    deps: { interopDefault: false },
    // Much of a test is waiting for processes and sockets: a core for each worker, also where there are two.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } }, // a busy machine is late
    reporters: ['dot', new SummaryReporter()],
  },
});
