import { defineConfig } from 'vitest/config'

/** The shared suite on a real OpenSearch cluster, and what is asked of a cluster alone; they take minutes, so they run apart from the suite. */
export default defineConfig({
  test: {
    include: ['test/cases/**/*.test.ts', 'test/cluster/**/*.test.ts'],
    globalSetup: ['test/cluster/global-setup.ts'],
    setupFiles: ['test/support/property.ts'],
    isolate: false,
    // one JVM answers them all
    maxWorkers: 1,
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
})
