import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { run, type Served, start } from '../support/program.ts'
import { type Relay, relayTo } from '../support/relay.ts'

const SEEDS = new URL('../../seeds', import.meta.url).pathname
const INDEX = `served-${process.pid}`
const POLL_MS = 100
/** No other article has it, or anything like it. */
const NEW = 'XK47115'

interface Found {
  readonly hits: readonly { readonly id: string }[]
  readonly totalHits: number
}

describe.skipIf(CLUSTER_URL === undefined)(`serving from a cluster${NEEDS_CLUSTER}`, () => {
  let cache = ''
  let relay: Relay
  const env = (url = CLUSTER_URL) => ({ FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: url })
  const named = ['--index', INDEX, '--lang', 'en']

  const serving = async (url?: string): Promise<Served['url']> => {
    const program = start(['serve', '--port', '0', ...named], env(url))
    const [, address] = await program.until('out', /Fundstelle answers at (http\S+)/)
    return address as string
  }
  const found = async (url: string, q: string): Promise<Found> => {
    const response = await fetch(`${url}/search?q=${encodeURIComponent(q)}`)
    expect(response.status).toBe(200)
    return (await response.json()) as Found
  }
  /** Asks until the answer has this status; gives the answer. */
  const untilStatus = async (url: string, status: number): Promise<Response> => {
    for (;;) {
      const response = await fetch(url)
      if (response.status === status) return response
      await response.body?.cancel()
      await pause(POLL_MS)
    }
  }

  beforeAll(async () => {
    cache = mkdtempSync(join(tmpdir(), 'fundstelle-cluster-serve-'))
    expect(await run(['index', SEEDS, '--cache', cache, ...named], { env: env() })).toMatchObject({ code: 0 })
    relay = await relayTo(CLUSTER_URL as string)
  })
  afterAll(async () => {
    await relay.close()
    await new IndexCollection(testCluster(), `fundstelle-${INDEX}`).delete()
    rmSync(cache, { recursive: true, force: true })
  })

  it('answers what a server with an index of its own answers', async () => {
    const url = await serving()
    const embedded = JSON.parse((await run(['search', 'Drohnen', '--json', '--cache', cache, ...named])).out) as Found
    expect(embedded.totalHits).toBeGreaterThan(0)
    const { hits, totalHits } = await found(url, 'Drohnen')
    expect({ totalHits, ids: hits.map(({ id }) => id) }).toEqual({
      totalHits: embedded.totalHits,
      ids: embedded.hits.map(({ id }) => id),
    })
    const id = encodeURIComponent(hits[0]?.id as string)
    const page = await fetch(`${url}/?q=Drohnen`, { headers: { accept: 'text/html' } })
    expect(await page.text()).toContain('<mark>Drohnen</mark>')
    const article = await fetch(`${url}/articles/${id}`)
    expect([article.status, ((await article.json()) as { id: string }).id]).toEqual([200, hits[0]?.id])
    for (const path of [
      `/articles/${id}/similar`,
      '/marks?q=Drohnen&url=https://www.example.org/',
      '/facets/tags?q=',
      '/suggest?q=Dro',
      '/embed.js',
      '/analyze?text=Haus',
      '/health',
    ])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200])
  })

  it('completes what is being typed, as articles spell it', async () => {
    const url = await serving()
    const suggested = async (q: string): Promise<string[]> => {
      const response = await fetch(`${url}/suggest?q=${encodeURIComponent(q)}`)
      const { suggestions } = (await response.json()) as { suggestions: { text: string }[] }
      return suggestions.map(({ text }) => text)
    }
    expect(await suggested('dro')).toContainEqual(expect.stringMatching(/^Drohne/))
    expect(await suggested('kursk dro')).toContainEqual(expect.stringMatching(/^kursk Drohne/))
    expect(await suggested('')).toEqual([])
  })

  it('tells nobody twice what has not changed', async () => {
    const url = await serving()
    const first = await fetch(`${url}/search?q=Drohnen`)
    const etag = first.headers.get('etag') as string
    expect((await fetch(`${url}/search?q=Drohnen`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('tells how the cluster is', async () => {
    const url = await serving()
    // one node has no place for a copy
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ready', cluster: 'yellow' })
    const metrics = await (await fetch(`${url}/metrics`)).text()
    expect(metrics).toContain('fundstelle_cluster_status{status="yellow"} 1')
    expect(metrics).toContain('fundstelle_cluster_status{status="green"} 0')
  })

  it('says so where the cluster cannot be reached, and goes on once it can', async () => {
    const url = await serving(relay.url)
    await relay.cut()
    const refused = await untilStatus(`${url}/search?q=Haus`, 503)
    expect(((await refused.json()) as { code: string }).code).toBe('engine_unavailable')
    const unready = await untilStatus(`${url}/ready`, 503)
    expect(((await unready.json()) as { detail: string }).detail).toContain('Cluster')
    expect((await fetch(`${url}/health`)).status).toBe(200)
    await relay.mend()
    expect((await untilStatus(`${url}/search?q=Drohnen`, 200)).status).toBe(200)
    expect((await untilStatus(`${url}/ready`, 200)).status).toBe(200)
  })

  it('goes on where another process that serves is killed', async () => {
    const killed = start(['serve', '--port', '0', ...named], env())
    const url = await serving()
    await killed.until('out', /Fundstelle answers at/)
    const before = await found(url, 'Drohnen')
    await killed.end('SIGKILL')
    expect((await found(url, 'Drohnen')).hits).toHaveLength(before.hits.length)
  })

  it('finds what another process has written meanwhile', async () => {
    const url = await serving()
    expect((await found(url, NEW)).totalHits).toBe(0)
    const file = join(cache, 'neu.txt')
    writeFileSync(file, `Das Bauteil ${NEW} ist neu.`)
    expect(await run(['index', file, '--cache', cache, ...named], { env: env() })).toMatchObject({ code: 0 })
    while ((await found(url, NEW)).totalHits !== 1) await pause(POLL_MS)
  })

  it.each([
    [['--watch', SEEDS], {}],
    [['--processes', '2'], {}],
  ])('does not start with %j %j, which it would not keep to', async (words, more) => {
    const { code, err } = await run(['serve', ...words, ...named], { env: { ...env(), ...more } })
    expect([code, err]).toEqual([2, expect.stringMatching(/FUNDSTELLE_ENGINE=opensearch/)])
  })

  it('waits for an index, and is not ready meanwhile', async () => {
    const program = start(['serve', '--port', '0', '--index', `${INDEX}-none`, '--lang', 'en'], env())
    await program.until('err', /waiting for the index in the cluster/)
    expect((await program.end()).code).toBe(0)
  })
})
