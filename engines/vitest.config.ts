import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['engines/**/*.test.ts'],
    globalSetup: ['engines/one-run.ts', 'test/support/scratch-root.ts', 'test/support/build.ts'],
    reporters: ['verbose', './engines/report/reporter.ts'],
    // Engines take memory and both cores: one file after another.
    fileParallelism: false,
    // Downloads are in there the first time.
    hookTimeout: 1_800_000,
    testTimeout: 1_800_000,
  },
});
