import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/scenarios/**'],
    // properties have the same cases in every file, whichever ran before
    setupFiles: ['test/support/property.ts'],
    // modules are loaded once, not for each file: that took a third of the time. A test that changes a module puts it back.
    isolate: false,
    // by itself vitest leaves one core alone
    maxWorkers: '100%',
    // only for what hangs: beside other work a test of seconds may take minutes
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
