import { chosenArea } from './areas.ts';

const { AREA, MUTANTS_OF, RUNNERS = '2' } = process.env;
const { mutate, atLeast } = chosenArea();

// biome-ignore lint/style/noDefaultExport: Stryker reads it so
export default {
  testRunner: 'one-thread',
  plugins: ['./test/mutants/test-runner.ts'],
  tsconfigFile: 'no-such-file.json', // it would rewrite ours, and cannot read TypeScript 7
  mutate: MUTANTS_OF ? MUTANTS_OF.split(',') : [...mutate],
  coverageAnalysis: 'perTest',
  concurrency: Number(RUNNERS),
  timeoutMS: 120_000, // the thread itself sees what never ends, and by the time of its core
  thresholds: { high: 100, low: atLeast, break: MUTANTS_OF ? 0 : atLeast },
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `.gatehouse/mutants/${AREA}.json` },
  tempDirName: `.gatehouse/mutants/${AREA}`,
  ignorePatterns: ['.gatehouse', '.vitest', 'bench/out', 'docs'],
};
