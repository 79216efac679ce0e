import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ApiServer } from '../support/api-client.ts'
import { compareWithModel } from '../support/compare-with-model.ts'
import { seededRandom } from '../support/corpus.ts'
import type { Operation } from '../support/document-model.ts'
import { temporaryFolder } from '../support/folders.ts'
import { run } from '../support/program.ts'
import { randomOperation, request, WORDS } from '../support/random-operations.ts'
import { oneOf } from '../support/thorough.ts'

/** How many runs, and from which seed on: that of a run that failed makes it again. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 10)
const SEED = Number(process.env['RANDOM_SEED'] ?? 20_261_129)
/** Operations between two things that happen to the server. */
const OPERATIONS_MAX = 16

type Event = 'kill' | 'restore' | 'dump' | 'end' | 'look'

/** What was asked for, by the number of its task. */
type Log = Map<number, Operation>

const seen = {
  operations: 0,
  kills: 0,
  unanswered: 0,
  unansweredKept: 0,
  restores: 0,
  waitingRestored: 0,
  canceled: 0,
  searches: 0,
}

test.each(Array.from({ length: RUNS }, (_, at) => SEED + at))(
  'random operations, run %i: as a simple model has it, through kills and a restore',
  async (seed) => {
    const random = seededRandom(seed)
    const home = temporaryFolder()
    const world = new World(home, random)
    await world.start(join(home, 'cache'))
    const events: Event[] = [
      'kill',
      random() < 0.5 ? 'dump' : 'restore',
      oneOf(['kill', 'end', 'look', 'look'], random),
    ]
    for (const event of events.sort(() => random() - 0.5)) {
      await world.operate(Math.floor(random() * OPERATIONS_MAX))
      await world[event]()
    }
    await world.operate(Math.floor(random() * OPERATIONS_MAX))
    await world.look()
    await world.close()
  },
)

test('what was seen in all runs', () => {
  console.log(`random operations: ${RUNS} runs from seed ${SEED}: ${JSON.stringify(seen)}`)
  expect(seen.kills).toBeGreaterThanOrEqual(RUNS)
  expect(seen.restores).toBe(RUNS)
})

/** A server, what was asked of it, and what it is to be held against. */
class World {
  readonly #home: string
  readonly #random: () => number
  #log: Log = new Map()
  #cache = ''
  #server!: ApiServer

  constructor(home: string, random: () => number) {
    this.#home = home
    this.#random = random
  }

  async start(cache: string): Promise<void> {
    this.#cache = cache
    this.#server = await ApiServer.start(cache)
  }

  async close(): Promise<void> {
    const { code, err } = await this.#server.program.end()
    expect(code, err).toBe(0)
    expect(err).not.toMatch(/"level":50/)
    const checked = await run(['check', '--cache', this.#cache])
    expect(checked).toMatchObject({ code: 0, err: '' })
  }

  /** So many operations, one after the other; now and then somebody searches meanwhile. */
  async operate(count: number): Promise<void> {
    for (let at = 0; at < count; at++) {
      const operation = randomOperation(this.#random)
      this.#log.set(await request(this.#server, operation), operation)
      seen.operations += 1
      if (this.#random() < 0.15) await this.#search()
    }
  }

  /** Kills the server while it answers a last request, and starts it again. */
  async kill(): Promise<void> {
    const operation = randomOperation(this.#random)
    const asked = request(this.#server, operation).then(
      (uid) => this.#log.set(uid, operation),
      () => null,
    )
    await new Promise((resolve) => setTimeout(resolve, this.#random() * 40))
    await this.#server.program.end('SIGKILL')
    const wasAnswered = (await asked) !== null
    seen.kills += 1
    await this.start(this.#cache)
    if (wasAnswered) return
    // it was written down or it was not; only then nobody was told
    seen.unanswered += 1
    const uid = Math.max(-1, ...this.#log.keys()) + 1
    const { status } = await this.#server.ask('GET', `/tasks/${uid}`)
    if (status !== 200) return
    this.#log.set(uid, operation)
    seen.unansweredKept += 1
  }

  async end(): Promise<void> {
    expect((await this.#server.program.end()).code).toBe(0)
    await this.start(this.#cache)
  }

  /** Backs up while the server goes on, and goes on with what was backed up. */
  async restore(): Promise<void> {
    const file = join(this.#home, 'backup.tar.gz')
    const least = Math.max(-1, ...this.#log.keys())
    const [backup] = await Promise.all([
      run(['backup', '--cache', this.#cache, file]),
      this.operate(Math.floor(this.#random() * OPERATIONS_MAX)),
    ])
    expect(backup, backup.err).toMatchObject({ code: 0 })
    await this.#goOnWith(file, least)
  }

  /** The same with a backup that the server makes itself. */
  async dump(): Promise<void> {
    const uid = await request(this.#server, { kind: 'dump' })
    this.#log.set(uid, { kind: 'dump' })
    await this.operate(Math.floor(this.#random() * 5))
    await this.#server.idle()
    const { status, details } = await this.#server.get(`/tasks/${uid}`)
    // it may have been taken back
    if (status === 'canceled') return this.restore()
    expect(readdirSync(join(this.#cache, 'dumps'))).toContain(`${details.dumpUid}.tar.gz`)
    await this.#goOnWith(join(this.#cache, 'dumps', `${details.dumpUid}.tar.gz`), uid)
  }

  /** @param least the last task that the backup must have */
  async #goOnWith(file: string, least: number): Promise<void> {
    expect((await this.#server.program.end(this.#random() < 0.5 ? 'SIGKILL' : 'SIGTERM')).signal).toBeDefined()
    const cache = join(this.#home, 'restored')
    const restored = await run(['restore', '--cache', cache, file])
    expect(restored, restored.err).toMatchObject({ code: 0 })
    seen.restores += 1
    seen.waitingRestored += Number(/(\d+) wartende/.exec(restored.out)?.[1] ?? 0)
    await this.start(cache)
    const { results } = await this.#server.get('/tasks?limit=1')
    const last = results[0]?.uid ?? -1
    expect(last).toBeGreaterThanOrEqual(least)
    this.#log = new Map([...this.#log].filter(([uid]) => uid <= last))
    await this.look()
  }

  /** Waits until all is done, and compares everything. */
  async look(): Promise<void> {
    await this.#server.idle()
    await compareWithModel(this.#server, this.#log, this.#random, seen)
  }

  /** While tasks are under way nobody knows what is found; but it is found, or there is no such index. */
  async #search(): Promise<void> {
    const { status, body } = await this.#server.ask('POST', '/indexes/alpha/search', { q: oneOf(WORDS, this.#random) })
    expect([200, 404], JSON.stringify(body)).toContain(status)
  }
}
