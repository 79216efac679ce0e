import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLUSTER_URL, NEEDS_CLUSTER } from '../support/cluster-engine.ts'
import { run } from '../support/program.ts'

interface Answer {
  readonly hits: readonly {
    readonly id: string
    readonly score: number
    readonly formatted: { readonly snippet: string }
  }[]
  readonly totalHits: number
  readonly facetDistribution: object
}

const shownOf = ({ hits, totalHits, facetDistribution }: Answer) => ({
  totalHits,
  facetDistribution,
  hits: hits.map(({ id, formatted }) => [id, formatted.snippet]),
})

const SEEDS = new URL('../../seeds', import.meta.url).pathname

describe.skipIf(CLUSTER_URL === undefined)(`commands with a cluster${NEEDS_CLUSTER}`, () => {
  const onCluster = { env: { FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: CLUSTER_URL } }
  let cache = ''

  beforeAll(async () => {
    cache = mkdtempSync(join(tmpdir(), 'fundstelle-cluster-commands-'))
    expect(await run(['index', SEEDS, '--cache', cache], onCluster)).toMatchObject({ code: 0 })
  })
  afterAll(() => rmSync(cache, { recursive: true, force: true }))

  it.each([['Drohnen über Kursk'], ['Bundesverfassungsgerichtt'], ['"600 Tote"'], ['titel:Soldaten -Quastenflosser']])(
    'search finds the same as without: %s',
    async (query) => {
      const asked = ['search', query, '--json', '--explain', '--facets', 'tags', '--cache', cache]
      const answers = await Promise.all([run(asked, onCluster), run(asked)])
      const [one, other] = answers.map(({ out }) => JSON.parse(out) as Answer) as [Answer, Answer]
      expect(other.hits.length).toBeGreaterThan(0)
      expect(shownOf(one)).toEqual(shownOf(other))
      for (const [at, { score }] of one.hits.entries()) expect(score).toBeCloseTo(other.hits[at]?.score as number, 5)
    },
  )

  it('a second run writes nothing that has not changed', async () => {
    const { code, out } = await run(['index', SEEDS, '--cache', cache, '--lang', 'en'], onCluster)
    expect([code, out]).toEqual([0, expect.stringContaining('0 new, 0 changed, 0 removed')])
  })

  it.each([[['start']], [['index', SEEDS, '--watch']]])(
    '%j is refused, rather than going on without the cluster',
    async (words) => {
      const { code, err } = await run([...words, '--cache', cache, '--lang', 'en'], onCluster)
      expect(code).not.toBe(0)
      expect(err).toContain('does not work with FUNDSTELLE_ENGINE=opensearch yet')
    },
  )
})
