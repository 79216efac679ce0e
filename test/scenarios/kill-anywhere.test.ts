import { expect, onTestFinished, test } from 'vitest'
import { seededRandom } from '../support/corpus.ts'
import { DisturbedCache, type Versions } from '../support/disturbed-cache.ts'
import { callsIn, Faults } from '../support/faults/faults.ts'
import { temporaryFolder } from '../support/folders.ts'
import { start } from '../support/program.ts'
import { inTurns, numbersByKind, oneOf } from '../support/thorough.ts'
import { firstRun, largeRun, laterRun, segmentsRun } from '../support/versions.ts'

/** Of each kind of run; 140 in all. */
const KILLS = {
  'a first run': 36,
  'a run that compacts and deletes': 52,
  'a run whose parts are merged': 12,
  'a run that joins segments': 40,
}

type Moment = { readonly call: number; readonly torn: boolean } | { readonly afterMs: number }

/**
 * Moments of a run: two in three at a call of the operating system that changes the cache, as the disk looks the same between two of
 * them; every kind of call on every file is as likely as any other. The others are by the clock, so that much of them is computing.
 */
function moments(count: number, calls: readonly string[], ms: number, random: () => number): Moment[] {
  const kinds = numbersByKind(calls)
  return Array.from({ length: count }, (_, i) => {
    if (calls.length === 0 || i % 3 === 2) return { afterMs: random() * ms }
    return { call: oneOf(oneOf(kinds, random), random), torn: random() < 0.5 }
  })
}

test.each<[keyof typeof KILLS, () => Versions]>([
  ['a first run', firstRun],
  ['a run that compacts and deletes', laterRun],
  ['a run whose parts are merged', largeRun],
  ['a run that joins segments', segmentsRun],
])('whenever %s is killed, the old state is served, and the next run completes', async (name, versions) => {
  const random = seededRandom(29_112_026 + KILLS[name])
  const disturbed = await DisturbedCache.make(versions())
  onTestFinished(() => disturbed.remove())
  const compiled = Faults.compile(temporaryFolder())
  // without a compiler all of them are by the clock
  const faults = compiled instanceof Faults ? compiled : null
  const index = (cache: string, env: NodeJS.ProcessEnv) => start(['index', '--cache', cache, disturbed.root], env)

  const whole = disturbed.copy('whole')
  const report = disturbed.beside('report-whole')
  const started = performance.now()
  expect(await index(whole, faults?.environment(whole, report) ?? {}).finished).toMatchObject({ code: 0 })
  const ms = performance.now() - started
  const calls = faults === null ? [] : callsIn(report)

  /** A copy of the cache, after a run that was killed at this moment. */
  async function killed(moment: Moment, number: number): Promise<string> {
    const cache = disturbed.copy(String(number))
    const counted = {
      at: 'call' in moment ? moment.call : 0,
      by: 'SIGKILL',
      torn: 'call' in moment && moment.torn,
    } as const
    const running = index(cache, faults?.environment(cache, disturbed.beside(`report-${number}`), counted) ?? {})
    const timer = 'afterMs' in moment ? setTimeout(() => running.child.kill('SIGKILL'), moment.afterMs) : undefined
    const { signal, code, err } = await running.finished
    clearTimeout(timer)
    if (signal === 'SIGKILL') return cache
    expect(code, err).toBe(0)
    // it was faster than the one that was measured
    disturbed.discard(cache)
    return killed({ afterMs: 'afterMs' in moment ? moment.afterMs / 2 : ms / 2 }, number)
  }

  const seen = { before: 0, after: 0 }
  const all = moments(KILLS[name], calls, ms, random)
  await inTurns(all, async (moment, number) => {
    const cache = await killed(moment, number)
    seen[await disturbed.expectServed(cache)] += 1
    await disturbed.expectCompleted(cache)
    disturbed.discard(cache)
  })
  console.log(`${name}, ${calls.length} calls: ${all.length} kills, ${JSON.stringify(seen)}`)
})
