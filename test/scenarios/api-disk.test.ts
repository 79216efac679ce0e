import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Answer, ApiServer } from '../support/api-client.ts'
import { seededRandom } from '../support/corpus.ts'
import { callsIn, type Fault, Faults } from '../support/faults/faults.ts'
import { temporaryFolder } from '../support/folders.ts'
import { run } from '../support/program.ts'
import { numbersByKind, oneOf } from '../support/thorough.ts'
import { TinyDisk } from '../support/tiny-disk.ts'

/** Documents that were sent, and those of them that were acknowledged. */
class Sent {
  readonly all: number[] = []
  readonly acknowledged: number[] = []

  /** Sends one more, of about so many bytes. */
  async add(server: ApiServer, bytes = 2000): Promise<Answer> {
    const id = this.all.length
    this.all.push(id)
    const answer = await server.ask('POST', '/indexes/a/documents', [
      { id, text: `Kennwort${id} ${'Wort '.repeat(bytes / 5)}` },
    ])
    if (answer.status === 202) this.acknowledged.push(id)
    return answer
  }

  /** What was acknowledged is there, and nothing that was not sent; each once, and each can be found. */
  async expectThere(server: ApiServer): Promise<void> {
    await server.idle()
    const { results, total } = await server.get('/indexes/a/documents?limit=1000&fields=id')
    const ids: number[] = results.map(({ id }: { id: number }) => id)
    expect(total).toBe(new Set(ids).size)
    expect(this.all).toEqual(expect.arrayContaining(ids))
    expect(ids).toEqual(expect.arrayContaining(this.acknowledged))
    for (const id of this.acknowledged) expect(await found(server, id), `${id}`).toBe(1)
    expect((await server.get('/tasks?statuses=failed')).total).toBe(0)
  }
}

async function found(server: ApiServer, id: number): Promise<number> {
  const { status, body } = await server.ask('POST', '/indexes/a/search', { q: `"Kennwort${id}"` })
  expect(status, JSON.stringify(body)).toBe(200)
  return body.estimatedTotalHits
}

async function expectSound(server: ApiServer, cache: string): Promise<void> {
  expect((await server.program.end()).code).toBe(0)
  expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0, err: '' })
}

const SIZE_KB = 8192
const FREE_KB = [0, 4, 16, 48, 96, 160, 256, 512]
/** Writes until it is full; the last free space takes some hundred. */
const WRITES_MAX = 400

test('however little is free, a client is told that the disk is full, all is served meanwhile, and with room it goes on', async ({
  skip,
}) => {
  const disk = TinyDisk.mount(SIZE_KB)
  if (!(disk instanceof TinyDisk)) return skip(disk)
  const cache = join(disk.folder, 'cache')
  const server = await ApiServer.start(cache)
  const sent = new Sent()
  for (let at = 0; at < 3; at++) expect((await sent.add(server)).status).toBe(202)
  await sent.expectThere(server)
  let refused = 0
  for (const freeKb of FREE_KB) {
    disk.fill(freeKb)
    let answer = await sent.add(server)
    for (let at = 0; answer.status === 202 && at < WRITES_MAX; at++) answer = await sent.add(server, 8000)
    const where = `${freeKb} kB free: ${JSON.stringify(answer)}`
    expect(answer, where).toMatchObject({ status: 422, body: { code: 'no_space_left_on_device', type: 'system' } })
    // no path of the server
    expect(answer.body.message, where).not.toContain(disk.folder)
    refused += 1
    // what was there is served, also while tasks wait for room
    expect(await found(server, 0), where).toBe(1)
    expect((await server.get('/indexes/a/documents/1')).id, where).toBe(1)
    expect((await fetch(`${server.url}/health`)).status, where).toBe(200)
    // a backup has no room either: it fails, and holds nothing up
    disk.empty()
    await sent.expectThere(server)
    expect((await sent.add(server)).status, where).toBe(202)
    // for the next there has to be room beside what was written now
    await server.ask('DELETE', '/indexes/a')
    await server.idle()
    sent.all.length = 0
    sent.acknowledged.length = 0
    for (let at = 0; at < 3; at++) await sent.add(server)
    await sent.expectThere(server)
  }
  expect(refused).toBe(FREE_KB.length)
  await expectSound(server, cache)
})

const ERRORS = ['ENOSPC', 'EIO', 'EROFS'] as const
/** Of each error so many writes. */
const TRIES = 4
const DOCUMENTS = 12
/** What makes a task durable. Of those after the beginning so many fail: where a flush fails the task is on the disk all the same, and a crash brings it back. */
const FLUSH = 'sync /registry.sqlite-wal'
const FLUSHES = 2
/** Threads begin side by side, and not always with as many calls. */
const BEGINNING_VARIES = 5

describe.each(ERRORS)('%s from some write on', (by) => {
  test('is told to the client, what was there is served, and a later start has what was acknowledged', async ({
    skip,
  }) => {
    const faults = Faults.compile(temporaryFolder())
    if (!(faults instanceof Faults)) return skip(faults)
    const home = temporaryFolder()
    /** @returns the calls there were when the server had begun to search, and all there were */
    const disturb = async (
      name: string,
      fault?: Fault,
    ): Promise<{ refused: number; begun: number; flushesBegun: number; calls: string[] }> => {
      const cache = join(home, `cache-${name}`)
      const report = join(home, `report-${name}`)
      const first = await ApiServer.start(cache)
      const sent = new Sent()
      await sent.add(first)
      await sent.expectThere(first)
      await first.program.end()
      const server = await ApiServer.start(cache, faults.environment(cache, report, fault))
      expect(await found(server, 0)).toBe(1)
      const begun = callsIn(report).length
      let refused = 0
      for (let at = 0; at < DOCUMENTS; at++) {
        const { status, body } = await sent.add(server)
        if (status === 202) continue
        refused += 1
        expect([422, 503], JSON.stringify(body)).toContain(status)
        expect(body.code).toMatch(/^(no_space_left_on_device|io_error|unavailable)$/)
        expect(body.message).not.toContain(cache)
      }
      expect(await found(server, 0)).toBe(1)
      await server.program.end('SIGKILL')
      const later = await ApiServer.start(cache)
      await sent.expectThere(later)
      await expectSound(later, cache)
      const calls = callsIn(report)
      return { refused, begun, flushesBegun: calls.slice(0, begun).filter((call) => call === FLUSH).length, calls }
    }
    const { begun, flushesBegun, calls } = await disturb('whole')
    const kinds = numbersByKind(calls)
      .map((numbers) => numbers.filter((n) => n > begun + BEGINNING_VARIES))
      .filter((numbers) => numbers.length > 0)
    const random = seededRandom(calls.length)
    let refused = 0
    for (let at = 0; at < TRIES; at++) {
      const n = oneOf(oneOf(kinds, random), random)
      refused += (await disturb(`${at}`, { at: n, by, on: true })).refused
    }
    for (let at = 1; at <= FLUSHES; at++) {
      const flush = await disturb(`flush-${at}`, { at: flushesBegun + at, of: FLUSH, by, on: true })
      expect(flush.refused).toBeGreaterThan(0)
    }
    console.log(`${by}: ${TRIES} of ${calls.length} writes, ${begun} of them before; ${refused} requests refused`)
    expect(refused).toBeGreaterThan(0)
  })
})
