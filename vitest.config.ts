import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/scenarios/**'],
    testTimeout: 20_000,
  },
})
