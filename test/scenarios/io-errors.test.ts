import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../support/corpus.ts'
import { DisturbedCache } from '../support/disturbed-cache.ts'
import { callsIn, type Fault, Faults } from '../support/faults/faults.ts'
import { temporaryFolder } from '../support/folders.ts'
import { type Finished, start } from '../support/program.ts'
import { inTurns, isThorough, numbersByKind, oneOf } from '../support/thorough.ts'
import { firstRun, laterRun, segmentsRun } from '../support/versions.ts'

/** What an owner reads, in one line; why is in parentheses. */
const TOLD = /^fundstelle: In „\S+“ kann nicht geschrieben werden \((.+)\)\.$/m
const REASONS = {
  EIO: /^Fehler des Datenträgers(, EIO)?$/,
  ENOSPC: /^der Datenträger ist voll(, ENOSPC)?$/,
}
/** SQLite says of a file that it cannot open no more than that, and tries to open it for reading first. */
const NOT_OPENED = /^eine Datei darin lässt sich nicht öffnen$|^nur lesbar$/

type DiskError = keyof typeof REASONS

describe.each([
  ['a first run', firstRun],
  ['a later run', laterRun],
  ['a run that joins segments', segmentsRun],
])('%s', (_, versions) => {
  let disturbed: DisturbedCache
  beforeAll(async () => {
    disturbed = await DisturbedCache.make(versions())
  })
  afterAll(() => disturbed.remove())

  test.for<[DiskError, string]>([
    ['EIO', 'once'],
    ['ENOSPC', 'from then on'],
  ])(
    'whichever write gets %s, %s: it says so, the old state is served, and the next run completes',
    async ([by, on], { skip }) => {
      const faults = Faults.compile(temporaryFolder())
      if (!(faults instanceof Faults)) return skip(faults)
      const disturb = async (id: string, fault?: Fault): Promise<Finished & { cache: string; calls: string[] }> => {
        const cache = disturbed.copy(id)
        const report = disturbed.beside(`report-${id}-${by}`)
        const words = ['index', '--cache', cache, disturbed.root]
        const finished = await start(words, faults.environment(cache, report, fault)).finished
        return { ...finished, cache, calls: callsIn(report) }
      }
      const whole = await disturb('whole')
      expect(whole).toMatchObject({ code: 0 })
      disturbed.discard(whole.cache)

      const seen = { failed: 0, completed: 0, before: 0, after: 0 }
      const at = async (n: number): Promise<boolean> => {
        const { code, err, cache, calls } = await disturb(`${by}-${n}`, { at: n, by, on: on !== 'once' })
        const where = `write ${n}: ${calls[n - 1]}\n${err}`
        if (code === 0) seen.completed += 1
        else {
          expect(code, where).toBe(1)
          seen.failed += 1
          expect(err, where).not.toMatch(/^\s+at /m)
          const reason = TOLD.exec(err)?.[1]
          const isOpening = by === 'EIO' && /^open .*(sqlite|lock)/.test(calls[n - 1] ?? '')
          expect(reason, where).toMatch(isOpening ? NOT_OPENED : REASONS[by])
        }
        const served = await disturbed.expectServed(cache)
        if (code === 0) expect(served, where).toBe('after')
        seen[served] += 1
        await disturbed.expectCompleted(cache)
        disturbed.discard(cache)
        return calls.length >= n
      }
      const random = seededRandom(whole.calls.length)
      const numbers = isThorough
        ? Array.from(whole.calls, (_, i) => i + 1)
        : numbersByKind(whole.calls).map((kind) => oneOf(kind, random))
      await inTurns(numbers, async (n) => {
        expect(await at(n), `there is a write ${n}`).toBe(true)
      })
      // until a run has no more writes
      if (isThorough) for (let n = numbers.length + 1; await at(n); n++);
      console.log(`${by}, ${on}: ${numbers.length} of ${whole.calls.length}, ${JSON.stringify(seen)}`)
    },
  )
})
