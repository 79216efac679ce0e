import { defineConfig } from 'vitest/config'

/** Scenarios start the built program as real processes; they are slow, so they run apart from the suite. */
export default defineConfig({
  test: {
    include: ['test/scenarios/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
