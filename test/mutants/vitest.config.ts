import { defineConfig } from 'vitest/config';
import { chosenArea } from './areas.ts';

// biome-ignore lint/style/noDefaultExport: Vitest reads it so
export default defineConfig({
  test: {
    include: [...chosenArea().tests],
    deps: { interopDefault: false },
    env: { INPUTS_SHARE: String(chosenArea().inputs) },
    setupFiles: ['test/mutants/same-inputs.ts'],
    testTimeout: 30_000,
    reporters: ['dot'],
  },
});
