import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../support/corpus.ts'
import { DisturbedCache } from '../support/disturbed-cache.ts'
import { callsIn, type Fault, Faults } from '../support/faults/faults.ts'
import { makeFolder, removeFolder } from '../support/folders.ts'
import { type Finished, start } from '../support/program.ts'
import { inTurns, isThorough, numbersByKind, oneOf } from '../support/thorough.ts'
import { firstRun, laterRun } from '../support/versions.ts'

/** In an owner's words; what is in parentheses depends on who was refused, Node or SQLite. */
const TELLS = /^fundstelle: In „\S+“ kann nicht geschrieben werden \((.+)\)\.$/m
const ANY_REASON = /Fehler des Datenträgers|eine Datei darin lässt sich nicht öffnen|nur lesbar/
const REASONS = {
  EIO: ANY_REASON,
  // SQLite alone does not tell why a file cannot be opened or flushed
  ENOSPC: new RegExp(`der Datenträger ist voll|${ANY_REASON.source}`),
}

let compiled: Faults | string = ''
let library = ''
beforeAll(() => {
  library = makeFolder()
  compiled = Faults.compile(library)
})
afterAll(() => removeFolder(library))

describe.each([
  ['a first run', firstRun],
  ['a later run', laterRun],
] as const)('%s', (name, versions) => {
  let disturbed: DisturbedCache
  beforeAll(async () => {
    disturbed = await DisturbedCache.make(versions())
  })
  afterAll(() => disturbed.remove())

  /** Runs `index` on a copy of the cache; `fault` happens to it. */
  async function disturb(
    faults: Faults,
    id: string,
    fault?: Fault,
  ): Promise<Finished & { cache: string; calls: string[] }> {
    const cache = disturbed.copy(id)
    const report = disturbed.beside(`report-${id}`)
    const words = ['index', '--cache', cache, disturbed.root]
    const finished = await start(words, faults.environment(cache, report, fault)).finished
    return { ...finished, cache, calls: callsIn(report) }
  }

  test.each<[Fault['by'] & keyof typeof REASONS, boolean, string]>([
    ['EIO', false, 'once'],
    ['ENOSPC', true, 'from then on'],
  ])('%s at the n-th write', async (by, on, _, { skip } = expect.getState() as never) => {
    void skip
  })
  void name
})
