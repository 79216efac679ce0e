import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { Cluster } from '../../src/opensearch/cluster.ts'
import { ClusterIndex } from '../../src/opensearch/cluster-index.ts'
import { FencedCluster } from '../../src/opensearch/fenced-cluster.ts'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { SystemIndex } from '../../src/opensearch/system-index.ts'
import { WriterLease } from '../../src/opensearch/writer-lease.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { run, start } from '../support/program.ts'
import { type ClusterProxy, proxyTo } from '../support/proxy.ts'

const NAME = `lease-test-${process.pid}`
const SYSTEM = `fundstelle-${NAME}`
/** Long enough for a cluster that has other things to do. */
const TIMES = { leaseMs: 3_000, renewMs: 100 }
const POLL_MS = 50

interface Held {
  readonly epoch: number
  readonly holder: { readonly id: string; readonly host: string; readonly pid: number } | null
}

describe.skipIf(CLUSTER_URL === undefined)(`the lease of the one writer${NEEDS_CLUSTER}`, () => {
  let system: SystemIndex
  let index = ''
  let made = 0
  const take = async (options: Parameters<typeof WriterLease.take>[2] = {}): Promise<WriterLease> => {
    const lease = await WriterLease.take(system, index, { times: TIMES, ...options })
    onTestFinished(() => lease.release())
    return lease
  }
  /** As a process that was killed leaves it. */
  const leave = async (): Promise<void> => {
    const holder = { id: 'gone', host: 'elsewhere', pid: 4711, since: '2026-11-30T12:00:00.000Z' }
    await system.write(`lease-${index}`, { epoch: 7, holder, renewals: 3 }, null)
  }

  beforeEach(() => {
    system = new SystemIndex(testCluster(), SYSTEM)
    made += 1
    index = `some-${made}`
  })
  afterAll(() => testCluster().send({ method: 'DELETE', path: `/${SYSTEM}`, expected: [404] }))

  it('is for one, and for the next one once it was given back', async () => {
    const first = await take()
    await first.confirm()
    await expect(take()).rejects.toMatchObject({ code: 'index_leased', params: { index, pid: process.pid } })
    await first.release()
    const second = await take({ onWaiting: () => expect.fail('nobody has it') })
    expect([first.epoch, second.epoch]).toEqual([1, 2])
    await expect(first.confirm()).rejects.toMatchObject({ code: 'lease_lost' })
  })

  it('of one index keeps nobody from another', async () => {
    await take()
    index = `${index}-other`
    expect((await take()).epoch).toBe(1)
  })

  it('outlives its holder by the lease time, whatever the clocks of both say', async () => {
    await leave()
    const told: unknown[] = []
    const since = performance.now()
    const lease = await take({ onWaiting: (holder) => told.push(holder.host) })
    expect(performance.now() - since).toBeGreaterThanOrEqual(TIMES.leaseMs)
    expect([lease.epoch, told]).toEqual([8, ['elsewhere']])
  })

  it('that was left is taken over by one of those who wait', async () => {
    await leave()
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => take()))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'index_leased' })
  })

  it('is waited for no longer than the signal says', async () => {
    await leave()
    const controller = new AbortController()
    const taking = take({ signal: controller.signal, onWaiting: () => controller.abort() })
    await expect(taking).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('once lost lets nothing more be written, and what is under way is given up', async () => {
    const lease = await take()
    const held: (() => void)[] = []
    const proxy = await proxyTo(CLUSTER_URL as string, ({ url }) => {
      if (!url?.includes('_bulk')) return 'pass'
      for (const told of held) told()
      return 'hold'
    })
    const fenced = new FencedCluster({ urls: [proxy.url] }, lease)
    onTestFinished(async () => {
      await fenced.close()
      await proxy.close()
    })
    const arrived = new Promise<void>((resolve) => held.push(resolve))
    const underWay = fenced.send({ method: 'POST', path: '/_bulk', lines: [{ delete: { _index: SYSTEM, _id: 'x' } }] })
    underWay.catch(() => {})
    await arrived
    // another has it now; this one renews all the time, so its version is written over until it is not the newest
    for (let isTaken = false; !isTaken; ) {
      const known = await system.read<Held>(`lease-${index}`)
      const other = { epoch: 2, holder: { id: 'other', host: 'elsewhere', pid: 1, since: '' }, renewals: 0 }
      isTaken = (await system.write(`lease-${index}`, other, known?.version ?? null)) !== null
    }
    await expect(underWay).rejects.toMatchObject({ code: 'lease_lost' })
    await expect(fenced.send({ method: 'GET', path: '/' })).rejects.toMatchObject({ code: 'lease_lost' })
    await lease.release()
    expect((await system.read<Held>(`lease-${index}`))?.value.holder?.id).toBe('other')
  })

  it('lets a state be written only in the place of the one that was read', async () => {
    const one = new ClusterIndex(testCluster(), `${NAME}-state`, 1)
    onTestFinished(() => one.delete())
    const state = await one.create({ shards: 1, replicas: 0 }, { storeId: 'probe', fingerprint: 'probe', epoch: 1 })
    const other = new ClusterIndex(testCluster(), `${NAME}-state`, 1)
    await other.state()
    await other.writeState({ ...state, epoch: 2 })
    await expect(one.writeState({ ...state, position: 9 })).rejects.toMatchObject({ code: 'lease_lost' })
    expect(await other.state()).toEqual({ ...state, epoch: 2 })
  })

  it('knows what it wrote itself, where the answer was lost and the request came twice', async () => {
    let lost = 0
    const proxy = await proxyTo(CLUSTER_URL as string, ({ method, url }) => {
      if (method !== 'PUT' || !url?.includes('_doc')) return 'pass'
      lost += 1
      return lost % 2 === 1 ? 'lose the answer' : 'pass'
    })
    const cluster = new Cluster({ urls: [proxy.url] })
    onTestFinished(async () => {
      await cluster.close()
      await proxy.close()
    })
    const through = new SystemIndex(cluster, SYSTEM)
    const first = await through.write('twice', { n: 1 }, null)
    expect(first).not.toBeNull()
    expect(await through.write('twice', { n: 2 }, first)).not.toBeNull()
    expect(await through.write('twice', { n: 3 }, first)).toBeNull()
    expect((await through.read<{ n: number }>('twice'))?.value).toEqual({ n: 2 })
    expect(lost).toBeGreaterThan(2)
  })
})

describe.skipIf(CLUSTER_URL === undefined)(`two processes that index${NEEDS_CLUSTER}`, () => {
  const named = ['--index', NAME, '--lang', 'en']
  const env = (url = CLUSTER_URL) => ({ FUNDSTELLE_ENGINE: 'opensearch', FUNDSTELLE_OPENSEARCH_URL: url })
  let folder = ''
  let proxy: ClusterProxy
  const lease = async (): Promise<Held | undefined> =>
    (await new SystemIndex(testCluster()).read<Held>(`lease-fundstelle-${NAME}`))?.value

  /** Starts one that gets as far as its first articles and no further; gives it once it is there. */
  const heldUp = async (text: string): Promise<ReturnType<typeof start>> => {
    writeFileSync(join(folder, 'first.txt'), text)
    const arrived = nextBulk()
    const words = ['index', join(folder, 'first.txt'), '--cache', join(folder, 'first'), ...named]
    const first = start(words, env(proxy.url))
    await arrived
    return first
  }
  let onBulk: () => void = () => {}
  const nextBulk = (): Promise<void> =>
    new Promise((resolve) => {
      onBulk = resolve
    })
  const indexAlso = (text: string) => {
    writeFileSync(join(folder, 'second.txt'), text)
    return run(['index', join(folder, 'second.txt'), '--cache', join(folder, 'second'), ...named], { env: env() })
  }
  const found = async (q: string): Promise<number> => {
    const { out } = await run(['search', q, '--json', '--cache', join(folder, 'second'), ...named], { env: env() })
    return (JSON.parse(out) as { totalHits: number }).totalHits
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-lease-'))
    proxy = await proxyTo(CLUSTER_URL as string, ({ url }) => {
      if (!url?.includes('_bulk')) return 'pass'
      onBulk()
      return 'hold'
    })
  })
  afterEach(async () => {
    await new IndexCollection(testCluster(), `fundstelle-${NAME}`).delete()
    for (const cache of ['first', 'second']) rmSync(join(folder, cache), { recursive: true, force: true })
  })
  afterAll(async () => {
    await proxy.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('are refused while one is at it, told who that is, and go on after it was killed', async () => {
    const first = await heldUp('Ein Haus am See.')
    const refused = await indexAlso('Ein Boot im Hafen.')
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(new RegExp(`to the index .* in the cluster: ${first.child.pid} on \\S+, since 20\\d\\d-`)),
    ])
    await first.end('SIGKILL')
    expect((await lease())?.holder?.pid).toBe(first.child.pid)
    expect(await indexAlso('Ein Boot im Hafen.')).toMatchObject({ code: 0 })
    expect([await found('Boot'), await found('Haus')]).toEqual([1, 0])
    expect((await lease())?.holder).toBeNull()
  })

  it('do not write both: one that slept while another took over has lost its right', async () => {
    const first = await heldUp('Ein Haus am See.')
    first.child.kill('SIGSTOP')
    expect(await indexAlso('Ein Boot im Hafen.')).toMatchObject({ code: 0 })
    first.child.kill('SIGCONT')
    const { code, err } = await first.finished
    expect([code, err]).toEqual([1, expect.stringContaining('may write to the index')])
    expect([await found('Boot'), await found('Haus')]).toEqual([1, 0])
  })

  it('give the lease back when they are asked to end', async () => {
    const first = await heldUp('Ein Haus am See.')
    const { code, err } = await first.end('SIGTERM')
    expect([code, err]).toEqual([1, expect.stringContaining('Stopped')])
    while ((await lease())?.holder !== null) await pause(POLL_MS)
    expect(await indexAlso('Ein Boot im Hafen.')).toMatchObject({ code: 0 })
  })
})
