import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/scenarios/**'],
    // only for what hangs: beside other work a test of seconds may take minutes
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
