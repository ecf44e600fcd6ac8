import { defineConfig, type Plugin } from 'vitest/config';
import { chosenArea } from './areas.ts';
import { InOrder } from './in-order.ts';

/** Stryker asks where each test stands, which takes a fifth of the time, and uses it for nothing here. */
const withoutPlaces: Plugin = {
  name: 'without-places',
  configureVitest({ project }) {
    project.config.includeTaskLocation = false;
  },
};

// biome-ignore lint/style/noDefaultExport: Vitest reads it so
export default defineConfig({
  plugins: [withoutPlaces],
  test: {
    include: [...chosenArea().tests],
    deps: { interopDefault: false },
    isolate: false, // reading the same modules anew for each file takes most of the time
    sequence: { sequencer: InOrder },
    env: { INPUTS_SHARE: String(chosenArea().inputs) },
    setupFiles: ['test/mutants/same-inputs.ts', 'test/mutants/to-its-end.ts'],
    testTimeout: 5_000, // all are done in far less; what waits for ever is a mutant that is noticed,
    reporters: ['dot'],
  },
});
