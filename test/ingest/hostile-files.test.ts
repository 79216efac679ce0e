import { afterAll, expect, it } from 'vitest'
import { documentFormatOf } from '../../src/ingest/document-format.ts'
import { DocumentThread } from '../../src/ingest/documents/document-thread.ts'
import { placedReadings, readFile } from '../../src/ingest/read-file.ts'
import type { ReadResult } from '../../src/ingest/reader.ts'
import { type MutatedFile, mutatedFiles } from '../support/mutated-files.ts'
import { isThorough } from '../support/thorough.ts'

/** `THOROUGH=1` takes 20,000 broken files of every format and tells what they cost, `FILES_SEED=…` others. */
const COUNT = Number(process.env['FILES_COUNT'] ?? (isThorough ? 20_000 : 300))
const SEED = Number(process.env['FILES_SEED'] ?? 20_261_129)
/** The limit of time for a document, and the look at it. Of the processor, that of the thread for documents included: a busy machine says nothing of a file. */
const SLOW_MS = 6000
const processorMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const thread = new DocumentThread()
afterAll(() => thread.close())

async function readingsOf({ path, bytes }: MutatedFile): Promise<ReadResult[]> {
  const format = documentFormatOf(bytes, path)
  if (format !== null) return [...placedReadings(await thread.read(bytes, path, format), path)]
  const result = readFile(bytes, path)
  return result.kind === 'read' ? [...result.readings] : []
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are no text
const NO_TEXT = /[\0-\x08\x0b-\x1f\x7f-\x9f]/

/** What is wrong with a reading; null where nothing is. */
function faultOf(reading: ReadResult): string | null {
  if (reading.kind === 'unpublished') return reading.otherwise === null ? null : faultOf(reading.otherwise)
  if (reading.kind !== 'article') return reading.error.detail('de') === '' ? 'a refusal without words' : null
  const { id, title, text, structure = [] } = reading.article
  if (id === '' || (title === '' && text.trim() === '')) return 'empty'
  if (NO_TEXT.test(title + text) || !(title + text).isWellFormed()) return 'no plain text'
  if (structure.some(({ start }, at) => start > text.length || start < (structure[at - 1]?.start ?? 0)))
    return 'pages out of order'
  return null
}

/** What files cost: the slowest of them, and the memory of the process. */
class Costs {
  readonly #all: { readonly path: string; readonly ms: number }[] = []
  #memory = 0

  add(path: string, ms: number): void {
    this.#all.push({ path, ms })
    this.#memory = Math.max(this.#memory, process.memoryUsage.rss())
  }

  get slow() {
    return this.#all.filter(({ ms }) => ms > SLOW_MS)
  }

  get words(): string {
    const slowest = this.#all.toSorted((a, b) => b.ms - a.ms).slice(0, 5)
    const told = slowest.map(({ path, ms }) => `${path} ${Math.round(ms)} ms`)
    return `${this.#all.length} files; slowest ${told.join(', ')}; ${this.#memory >> 20} MB of memory at most`
  }
}

it(`${COUNT} broken files are read or refused, none with a crash`, { timeout: 3_600_000 }, async () => {
  const costs = new Costs()
  let articles = 0
  let count = 0
  for (const file of mutatedFiles(COUNT, SEED)) {
    const begun = processorMs()
    const readings = await readingsOf(file)
    costs.add(file.path, processorMs() - begun)
    articles += readings.filter(({ kind }) => kind === 'article').length
    for (const reading of readings) expect(faultOf(reading), file.path).toBeNull()
    count += 1
    if (isThorough && count % 1000 === 0) console.log(`${articles} articles of ${costs.words}`)
  }
  expect(articles).toBeGreaterThan(COUNT / 10)
  if (isThorough) expect(costs.slow).toEqual([])
})
