import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The command line and its worker threads are tested as they are shipped: built.
    globalSetup: ['test/support/scratch-root.ts', 'test/support/build.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
