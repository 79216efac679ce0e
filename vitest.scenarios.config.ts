import { defineConfig } from 'vitest/config'

/** Scenarios start the built program as real processes; they are slow, so they run apart from the suite. */
export default defineConfig({
  test: {
    include: ['test/scenarios/**/*.test.ts'],
    // only for what hangs: on a busy machine a scenario of one minute takes five
    testTimeout: process.env['THOROUGH'] === '1' ? 3_600_000 : 900_000,
    hookTimeout: 300_000,
    // most of a scenario is waiting for processes; each has folders and ports of its own
    maxWorkers: 2,
  },
})
