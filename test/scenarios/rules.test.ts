import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { poll, run, serve } from '../support/program.ts'

/** Far above what is promised (a second). */
const DEADLINE_MS = 20_000

test('serve takes a changed file of rules over, refuses a bad one with its line, and keeps the last good one', async () => {
  const root = temporaryFolder()
  const cache = temporaryFolder()
  const rules = join(temporaryFolder(), 'regeln.txt')
  writeFiles(root, {
    'a.txt': 'Erster\n\nDie Vereinigten Staaten schweigen dazu.',
    'b.txt': 'Zweiter\n\nDie Donaudampfschiffe sind fort.',
  })
  writeFileSync(rules, '# noch nichts\n')
  const indexed = await run(['index', '--cache', cache, '--rules', rules, root])
  expect(indexed.code, indexed.err).toBe(0)
  const served = await serve(cache, '--rules', rules)
  const has = (query: string, count: number) => async (): Promise<boolean> => (await served.hits(query)) === count
  expect(await served.hits('USA ')).toBe(0)

  writeFileSync(rules, 'synonym: USA = Vereinigte Staaten\n')
  await poll(has('USA ', 1), DEADLINE_MS)

  writeFileSync(rules, 'synonym: USA = Vereinigte Staaten\nsynonym: nur eins\n')
  await poll(async () => /Zeile 2: „nur eins“ statt/.test(served.err), DEADLINE_MS)
  expect(await served.hits('USA ')).toBe(1)

  // rules for words make another index, beside the one in service
  expect(await served.hits('Dampf ')).toBe(1)
  writeFileSync(rules, 'synonym: USA = Vereinigte Staaten\nungetrennt: Donaudampfschiffe\n')
  await poll(has('Dampf ', 0), DEADLINE_MS)
  expect(await served.hits('USA ')).toBe(1)
  expect(await served.hits('Donaudampfschiff ')).toBe(1)
})
