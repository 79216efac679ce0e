import type { Analyzer } from '../analysis/analyzer.ts'
import { type ErrorParam, FundstelleError } from '../errors.ts'
import { ArticleIndex } from './article-index.ts'
import { catchUp, currentDamaged } from './build.ts'
import { Generations } from './generations.ts'
import { PLACES } from './postings.ts'
import { readManifest, readSnapshot, type SnapshotIdentity } from './snapshot.ts'
import { Store } from './store.ts'
import { unsoundBy } from './unsound.ts'

export interface Verification {
  readonly articles: number
  /** Changes of the store that the snapshot does not have yet; that is no fault. */
  readonly backlog: number
  /** What is wrong; empty where all is well. */
  readonly faults: readonly FundstelleError[]
}

/**
 * Verifies a cache folder: SQLite's own check of the store, every checksum and count of the snapshot in force, and that the
 * snapshot with the changes since says the same as an index rebuilt from the store.
 */
export async function verify(cache: string, analyzer: Analyzer, fingerprint: string): Promise<Verification> {
  const store = Store.open(cache)
  try {
    // the snapshot first: another process may be writing, and the store never falls behind its snapshots
    const snapshot = await readNewest(new Generations(cache), { fingerprint, storeId: store.id })
    return await store.atOneState(() => compare(snapshot, store, analyzer))
  } finally {
    store.close()
  }
}

interface NewestSnapshot {
  readonly folder: string
  readonly index: ArticleIndex | undefined
  readonly faults: FundstelleError[]
}

async function readNewest(generations: Generations, identity: SnapshotIdentity): Promise<NewestSnapshot> {
  const faults = generations.isCurrentDamaged ? [currentDamaged(generations)] : []
  const folder = generations.usable()[0]
  if (folder === undefined) return { folder: '', index: undefined, faults }
  try {
    const index = await readSnapshot(folder, identity)
    if (index.forward.tokens !== (await readManifest(folder)).tokens) {
      const reason = {
        de: 'die Zahl der Wörter ist nicht die im Verzeichnis',
        en: 'the number of tokens is not the manifest’s',
      }
      faults.push(fault(folder, reason))
    }
    return { folder, index, faults }
  } catch (error) {
    return { folder, index: undefined, faults: [...faults, unsoundBy(folder, error)] }
  }
}

async function compare(
  { folder, index, faults }: NewestSnapshot,
  store: Store,
  analyzer: Analyzer,
): Promise<Verification> {
  const complaints = store.integrityComplaints()
  faults.unshift(
    ...complaints.map((text) => fault(store.path, { de: `SQLite meldet: ${text}`, en: `SQLite says: ${text}` })),
  )
  const rebuilt = new ArticleIndex()
  for (const { number, article } of store.articles()) rebuilt.add(number, article, analyzer)
  const articles = store.articleCount
  const { living } = rebuilt.documents
  if (living !== articles) {
    const reason = {
      de: `${articles} Artikel, davon lesbar: ${living}`,
      en: `${articles} articles, ${living} of them readable`,
    }
    faults.push(fault(store.path, reason))
  }
  if (index === undefined) return { articles, backlog: store.change, faults }
  const backlog = store.changesAfter(index.change)
  if (backlog < 0) {
    const reason = {
      de: `${-backlog} Änderungen weiter als der Artikelspeicher`,
      en: `${-backlog} changes ahead of the store`,
    }
    faults.push(fault(folder, reason))
  }
  await catchUp(index, store, analyzer)
  for (const text of differences(index, rebuilt)) {
    faults.push(
      fault(folder, { de: `anders als ein neu gebauter (${text})`, en: `other than a rebuilt one (${text})` }),
    )
  }
  return { articles, backlog, faults }
}

const fault = (path: string, reason: ErrorParam): FundstelleError =>
  new FundstelleError('index_fault', { path, reason })

const DIFFERENCES_MAX = 5

/** How an index differs from the one it should equal: articles, lengths, and for each term and place who has it how often. */
export function differences(index: ArticleIndex, expected: ArticleIndex): string[] {
  const found: string[] = []
  const [mine, theirs] = [livingRows(index), livingRows(expected)]
  for (const [number, row] of theirs) {
    if (mine.get(number) !== row) found.push(`article ${row}: got ${mine.get(number) ?? 'nothing'}`)
  }
  for (const [number, row] of mine) if (!theirs.has(number)) found.push(`article ${row} should not be there`)
  const terms = new Set([...index.vocabulary.terms, ...expected.vocabulary.terms])
  for (const term of terms) {
    if (found.length >= DIFFERENCES_MAX) break
    const [got, wanted] = [index.vocabulary.documentFrequency(term), expected.vocabulary.documentFrequency(term)]
    if (got !== wanted) found.push(`“${term}”: in ${got} articles instead of ${wanted}`)
    for (let place = 0; place < PLACES; place++) {
      if (livingPostings(index, term, place) !== livingPostings(expected, term, place)) {
        found.push(`“${term}”: other postings (place ${place})`)
      }
    }
  }
  return found.slice(0, DIFFERENCES_MAX)
}

function livingRows({ documents, forward, vocabulary, fields }: ArticleIndex): Map<number, string> {
  const names = fields.names.sort()
  const emptied = new Map(names.map((name) => [name, new Set(fields.column(name)?.emptied)]))
  const rows = new Map<number, string>()
  for (let ordinal = 0; ordinal < documents.size; ordinal++) {
    if (documents.dead[ordinal] === 1) continue
    const forms = Array.from(forward.forms(ordinal), (form) => vocabulary.forms[form]).join(' ')
    const { title, text } = forward.fields(ordinal)
    const offsets = [title, text].map(
      (field) => `${sum(field.starts)}/${sum(field.ends)}/${sum(field.sentences)}/${sum(field.capitals)}`,
    )
    const values = names.flatMap((name) => {
      const column = fields.column(name)
      const entries = column?.codesOf(ordinal).map((code) => column.values[code]) ?? []
      return entries.length === 0 && emptied.get(name)?.has(ordinal) !== true ? [] : [name, entries]
    })
    rows.set(
      documents.numbers[ordinal] as number,
      `${documents.ids[ordinal]} (${documents.times[ordinal]}, ${documents.lengths[ordinal]}, ${documents.contents[ordinal]}, ${offsets}, ${hashOf(forms)}, ${hashOf(JSON.stringify(values))})`,
    )
  }
  return rows
}

const sum = (numbers: Uint32Array | Uint8Array): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}

function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return hash
}

function livingPostings({ postings, documents }: ArticleIndex, term: string, place: number): string {
  const rows: string[] = []
  for (const [slot, ordinals] of postings.slots(term, place).entries()) {
    for (const ordinal of ordinals ?? []) {
      if (documents.dead[ordinal] === 0) rows.push(`${documents.numbers[ordinal]}:${slot + 1}`)
    }
  }
  return rows.sort().join(' ')
}
