import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cluster } from '../../src/opensearch/cluster.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { CLUSTER_URL, NEEDS_CLUSTER } from '../support/cluster-engine.ts'
import { type Finished, type Program, run, start } from '../support/program.ts'
import { type ClusterNode, startCluster, type TestCluster } from './cluster.mjs'

const INDEX = 'failover'
/** Each run of the writer adds so many articles; a state that was made visible has a multiple of them. */
const LOT = 60
const POLL_MS = 100
/** By hand a minute was tried as well. */
const CUT_OFF_MS = Number(process.env['CUT_OFF_MS'] ?? 15_000)
const ASKED_MIN = 20
/** Of a server: on a busy machine three nodes take ten minutes to be restarted one after the other. */
const LIFETIME_MS = 1_800_000

interface Answer {
  readonly status: number
  readonly totalHits: number
  readonly shown: number
  /** Of an error. */
  readonly detail?: string
}

/** Asks again and again; what was answered is judged at the end, so that nothing is missed. */
class Caller {
  readonly answers: Answer[] = []
  #isOver = false
  readonly #asking: Promise<void>

  constructor(urls: readonly string[]) {
    this.#asking = this.#ask(urls)
  }

  async end(): Promise<readonly Answer[]> {
    this.#isOver = true
    await this.#asking
    return this.answers
  }

  async answered(times = ASKED_MIN): Promise<void> {
    const until = this.answers.length + times
    while (this.answers.length < until) await Promise.race([pause(POLL_MS), this.#asking])
  }

  async #ask(urls: readonly string[]): Promise<void> {
    for (let at = 0; !this.#isOver; at++) {
      const response = await askedAt(urls, at)
      const body = (await response.json()) as { totalHits?: number; hits?: unknown[]; detail?: string }
      this.answers.push({
        status: response.status,
        totalHits: body.totalHits ?? 0,
        shown: body.hits?.length ?? 0,
        ...(body.detail !== undefined && { detail: body.detail }),
      })
    }
  }
}

/** As a proxy does: one that does not take the connection is passed over. */
async function askedAt(urls: readonly string[], at: number): Promise<Response> {
  for (let tried = 0; ; tried++) {
    const url = urls[(at + tried) % urls.length] as string
    try {
      return await fetch(`${url}/search?limit=100&q=Haus`)
    } catch (error) {
      if (tried === urls.length - 1) throw error
    }
  }
}

describe.skipIf(CLUSTER_URL === undefined)(`three nodes, three shards, one copy${NEEDS_CLUSTER}`, () => {
  let nodes: TestCluster
  let cluster: Cluster
  let folder = ''
  let written = 0

  const env = () => ({
    FUNDSTELLE_ENGINE: 'opensearch',
    FUNDSTELLE_OPENSEARCH_URL: nodes.urls.join(','),
    FUNDSTELLE_OPENSEARCH_SHARDS: '3',
  })
  const named = ['--index', INDEX, '--lang', 'en']
  const addLot = (): void => {
    for (let at = 0; at < LOT; at++, written++)
      writeFileSync(join(folder, 'articles', `${written}.txt`), `Haus Nummer ${written} am See`)
  }
  const write = (): Promise<Finished> => {
    addLot()
    const words = ['index', join(folder, 'articles'), '--cache', join(folder, 'cache'), ...named]
    return run(words, { env: env() })
  }
  const mustWrite = async (): Promise<void> => {
    const { code, err } = await write()
    expect([code, err]).toEqual([0, err])
  }
  const serving = async (): Promise<{ program: Program; url: string }> => {
    const program = start(['serve', '--port', '0', ...named], env(), undefined, LIFETIME_MS)
    const [, url] = await program.until('out', /Fundstelle answers at (http\S+)/)
    return { program, url: url as string }
  }
  const healthy = async (): Promise<void> => {
    const query = { wait_for_status: 'green', wait_for_no_relocating_shards: true, wait_for_nodes: '3', timeout: '20s' }
    for (;;) {
      const { status } = await cluster
        .send<{ timed_out: boolean }>({ method: 'GET', path: '/_cluster/health', query, expected: [408, 503] })
        .catch(() => ({ status: 0 }))
      if (status === 200) return
      await pause(POLL_MS)
    }
  }
  const restarted = async (node: ClusterNode): Promise<void> => {
    node.start()
    await node.answers()
    await healthy()
  }
  /** What was found is what stood there between two moments, whole; where nothing was found, the answer said so. */
  const mustBeWhole = (answers: readonly Answer[], least: number): void => {
    let seen = least
    for (const { status, totalHits, shown } of answers) {
      if (status !== 200) {
        expect(status).toBe(503)
        continue
      }
      expect([totalHits % LOT, totalHits >= seen, totalHits <= written, shown]).toEqual([
        0,
        true,
        true,
        Math.min(100, totalHits),
      ])
      seen = totalHits
    }
  }
  const errorsIn = (answers: readonly Answer[]): Answer[] => answers.filter(({ status }) => status !== 200)

  beforeAll(async () => {
    nodes = await startCluster({ nodes: 3 })
    cluster = new Cluster({ urls: nodes.urls, timeoutMs: 25_000 })
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-failover-'))
    mkdirSync(join(folder, 'articles'))
    await mustWrite()
    await healthy()
  })
  afterAll(async () => {
    await cluster?.close()
    await nodes?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('are what the index lies on', async () => {
    const found = await new IndexCollection(cluster, `fundstelle-${INDEX}`).current()
    const { articles } = found?.index ?? { articles: '' }
    const shards = await cluster.body<{ prirep: string; state: string; node: string }[]>({
      ...{ method: 'GET', path: `/_cat/shards/${articles}`, query: { format: 'json' } },
    })
    expect(shards.map(({ prirep, state }) => `${prirep} ${state}`).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'p STARTED'),
      ...Array.from({ length: 3 }, () => 'r STARTED'),
    ])
    expect(new Set(shards.map(({ node }) => node)).size).toBe(3)
  })

  it('one after the other restarted: nobody who searches or writes sees an error', async () => {
    const before = written
    const servers = [await serving(), await serving()]
    const callers = servers.map(({ url }) => new Caller([url]))
    for (const node of nodes.nodes) {
      await Promise.all(callers.map((caller) => caller.answered()))
      const [writing] = await Promise.all([write(), node.stop('SIGTERM')])
      expect([writing.code, writing.err]).toEqual([0, writing.err])
      await Promise.all(callers.map((caller) => caller.answered()))
      await restarted(node)
    }
    await Promise.all(callers.map((caller) => caller.answered()))
    for (const caller of callers) {
      const answers = await caller.end()
      mustBeWhole(answers, before)
      expect([errorsIn(answers), answers.at(-1)?.totalHits]).toEqual([[], written])
    }
  })

  it('one killed while there is searching and writing: nothing that was acknowledged is lost, and it is green again', async () => {
    const before = written
    const { url } = await serving()
    const caller = new Caller([url])
    await caller.answered()
    const [killed] = nodes.nodes as [ClusterNode]
    const writing = write()
    await killed.stop('SIGKILL')
    const { code } = await writing
    await caller.answered()
    // a writer that could not end says so, and goes on when it is run again
    if (code !== 0) await mustWrite()
    await restarted(killed)
    await caller.answered()
    const answers = await caller.end()
    mustBeWhole(answers, before)
    expect(answers.at(-1)).toEqual({ status: 200, totalHits: written, shown: 100 })
  })

  it('one cut off and back: answers are whole or say that there is none', async () => {
    const before = written
    const { url } = await serving()
    const caller = new Caller([url])
    await caller.answered()
    const node = nodes.nodes[1] as ClusterNode
    node.signal('SIGSTOP')
    await pause(CUT_OFF_MS)
    node.signal('SIGCONT')
    await healthy()
    await mustWrite()
    while (caller.answers.at(-1)?.totalHits !== written) await caller.answered(1)
    mustBeWhole(await caller.end(), before)
    console.log(
      `cut off for ${CUT_OFF_MS / 1000} s: ${caller.answers.length} answers, ${errorsIn(caller.answers).length} of them 503`,
    )
  })

  it('two processes search, one is killed: requests go on', async () => {
    const servers = [await serving(), await serving()]
    const caller = new Caller(servers.map(({ url }) => url))
    await caller.answered()
    await servers[0]?.program.end('SIGKILL')
    await caller.answered()
    const answers = await caller.end()
    mustBeWhole(answers, written)
    expect(errorsIn(answers)).toEqual([])
  })
})
