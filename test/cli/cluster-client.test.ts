import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../support/program.ts'

/** The files that a command loads, as V8 tells them. */
async function loadedBy(words: readonly string[], env: NodeJS.ProcessEnv): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fundstelle-loaded-'))
  try {
    await run(words, { env: { ...env, NODE_V8_COVERAGE: folder } })
    return readdirSync(folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] }
      return result.map(({ url }) => url)
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const isClient = (file: string): boolean => file.includes('@opensearch-project')

it('the client of a cluster is loaded where one was asked for, and nowhere else', async () => {
  const words = ['search', 'Drohnen', '--cache', join(tmpdir(), 'fehlt')]
  const without = await loadedBy(words, {})
  expect(without.length).toBeGreaterThan(0)
  expect(without.filter(isClient)).toEqual([])
  const onCluster = { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: 'http://127.0.0.1:1' }
  expect((await loadedBy(words, onCluster)).filter(isClient)).not.toEqual([])
})
