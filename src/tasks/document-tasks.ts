import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { parse, stringify } from 'lossless-json'
import type { Article } from '../article/article.ts'
import { documentOfArticle } from '../article/document-of-article.ts'
import type { JsonDocument } from '../documents/attributes.ts'
import { articleOfDocument, type DocumentMapping } from '../documents/document-article.ts'
import { idOf, primaryKeyCandidates, valueAt } from '../documents/primary-key.ts'
import { FundstelleError } from '../errors.ts'
import type { HeadStart } from '../index/snapshot/head-start.ts'
import { MAIN_INDEX, type NamedIndex, settingsOf } from '../registry/index-table.ts'
import type { Outcome, Task, TaskDetails, TaskWork } from '../registry/task.ts'
import { type TaskError, taskError } from '../registry/task-error.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { ATTRIBUTE_NAMES_MAX, ATTRIBUTES_MAX, AttributeCounts } from './attribute-counts.ts'
import { mappingOf } from './document-mapping.ts'
import { notedOutcomes, noteOutcomes } from './noted-outcomes.ts'
import { documentsOf, type GivenDocument } from './payload-lines.ts'

/** What came of tasks that change documents of one index. */
export interface DocumentOutcomes {
  readonly outcomes: ReadonlyMap<number, Outcome>
  /** The index's primary key, which the first documents may have told. */
  readonly primaryKey: string | null
}

/** Ids of documents, or why the filter that means them is none. */
export type FoundIds = { readonly ids: readonly string[] } | { readonly error: TaskError }

export interface DocumentTaskParts {
  readonly index: NamedIndex
  readonly store: ArticleStore
  /** Takes the first articles of a new store as they come. */
  readonly head?: HeadStart | undefined
  /** Where documents are that the store has not got; absent where it has all of them. */
  readonly elsewhere?: DocumentsElsewhere
  /** The folder that payloads lie in. */
  readonly payloads: string
  /** The ids of the documents that a filter, as it came in a request, allows. */
  readonly idsByFilter: (index: NamedIndex, filter: unknown) => Promise<FoundIds>
  readonly signal: AbortSignal
}

/** Puts documents into the store that a task is about, before it is carried out, each once. */
export interface DocumentsElsewhere {
  bring(ids: readonly string[]): Promise<void>
  bringAll(): Promise<void>
}

/** Ids of documents that are looked for together. */
const BROUGHT_AT_ONCE = 100

/** Documents after which others get their turn. */
const DOCUMENTS_IN_A_ROW = 100

/**
 * Carries out tasks that add, change or delete documents of one index, in their order, in one transaction of its store. What came of them is
 * written down in the same transaction: those that a crash kept from being finished are not carried out twice. A task that fails changes nothing.
 */
export async function changeDocuments(tasks: readonly Task[], parts: DocumentTaskParts): Promise<DocumentOutcomes> {
  const { store, index, signal } = parts
  const before = notedOutcomes(store)
  const known = new Map(Object.entries(before.outcomes ?? {}).map(([uid, outcome]) => [Number(uid), outcome]))
  const outcomes = new Map<number, Outcome>()
  let primaryKey = index.primaryKey ?? (tasks.some(({ uid }) => known.has(uid)) ? (before.primaryKey ?? null) : null)
  await store.transactionInSteps(async () => {
    const change = new DocumentChange(parts, primaryKey)
    for (const task of tasks) {
      signal.throwIfAborted()
      outcomes.set(task.uid, known.get(task.uid) ?? (await change.outcomeOf(task)))
    }
    primaryKey = change.primaryKey
    change.counts.note(store)
    // a task that waits again, beside one of these that failed, was carried out all the same
    const [{ uid: first }] = tasks as [Task]
    const later = [...known].filter(([uid]) => uid > first)
    noteOutcomes(store, { outcomes: Object.fromEntries([...later, ...outcomes]), primaryKey })
  })
  return { outcomes, primaryKey }
}

/** Why a task fails. */
class Failure extends Error {
  readonly error: TaskError

  constructor(code: string, message: string) {
    super(message)
    this.error = taskError(code, message)
  }
}

class DocumentChange {
  readonly counts: AttributeCounts
  primaryKey: string | null
  readonly #parts: DocumentTaskParts
  #done = 0

  constructor(parts: DocumentTaskParts, primaryKey: string | null) {
    this.#parts = parts
    this.primaryKey = primaryKey
    this.counts = AttributeCounts.of(parts.store)
  }

  async outcomeOf(task: Task): Promise<Outcome> {
    const { work } = task
    const before = this.primaryKey
    try {
      const details = work.type === 'documentDeletion' ? await this.#delete(work) : await this.#add(task)
      return { status: 'succeeded', details: { ...task.details, ...details }, error: null }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      this.primaryKey = before
      const none = work.type === 'documentDeletion' ? { deletedDocuments: 0 } : { indexedDocuments: 0 }
      return { status: 'failed', details: { ...task.details, ...none }, error: error.error }
    }
  }

  async #add({ work, payload, bytes }: Task): Promise<TaskDetails> {
    const { method, primaryKey, skipCreation, received } = work as Extract<
      TaskWork,
      { type: 'documentAdditionOrUpdate' }
    >
    // nothing tells a primary key then
    if (received === 0) return { indexedDocuments: 0 }
    const path = join(this.#parts.payloads, payload as string)
    const mapping = mappingOf(settingsOf(this.#parts.index), await this.#primaryKeyFor(primaryKey, path))
    // all of them are looked at before the first is written: a task that fails changes nothing
    const hasRoom = this.counts.room()
    let ids: string[] = []
    for await (const given of documentsOf(path)) {
      ids.push(this.#idOf(given, mapping))
      if (ids.length === BROUGHT_AT_ONCE) ids = await this.#brought(ids)
      if (!hasRoom(given.document)) throw new Failure('max_fields_limit_exceeded', TOO_MANY_ATTRIBUTES)
      await this.#breathe()
    }
    await this.#brought(ids)
    this.#parts.head?.expect(bytes)
    let indexed = 0
    for await (const given of documentsOf(path)) {
      const id = this.#idOf(given, mapping)
      const known = this.#parts.store.byId(id)
      if (known === undefined && skipCreation) continue
      this.#put(id, method === 'update' && known !== undefined ? merged(known, given.json) : given, mapping, known)
      indexed += 1
      await this.#breathe()
    }
    return { indexedDocuments: indexed }
  }

  #put(id: string, { json, document }: GivenDocument, mapping: DocumentMapping, before: Article | undefined): void {
    const { store, head } = this.#parts
    const article = articleOfDocument(id, json, document, mapping)
    const done = store.putDocument(article)
    if (done === 'same') return
    if (done === 'added' && head?.isOpen === true) head.add(store.seqNo, searchedOf(article))
    this.#uncount(before?.document)
    this.counts.add(document, 1)
  }

  async #delete({ target }: Extract<TaskWork, { type: 'documentDeletion' }>): Promise<TaskDetails> {
    const { store, elsewhere } = this.#parts
    if (target.kind === 'all') await elsewhere?.bringAll()
    const ids =
      target.kind === 'ids' ? target.ids : target.kind === 'all' ? store.ids() : await this.#ids(target.filter)
    if (target.kind !== 'all' && elsewhere !== undefined)
      for (let at = 0; at < ids.length; at += BROUGHT_AT_ONCE) await this.#brought(ids.slice(at, at + BROUGHT_AT_ONCE))
    let deleted = 0
    for (const id of ids) {
      const document = store.byId(id)?.document
      if (!store.removeById(id)) continue
      this.#uncount(document)
      deleted += 1
      await this.#breathe()
    }
    return { deletedDocuments: deleted }
  }

  /** @returns none, for those that are looked for next */
  async #brought(ids: readonly string[]): Promise<string[]> {
    if (ids.length > 0) await this.#parts.elsewhere?.bring(ids)
    return []
  }

  /** @throws Failure */
  async #ids(filter: unknown): Promise<readonly string[]> {
    const found = await this.#parts.idsByFilter(this.#parts.index, filter).catch((error: unknown) => {
      // it would take as much work whenever it is tried again, and nothing behind it would be carried out
      if (!(error instanceof FundstelleError) || error.code !== 'request_costly') throw error
      throw new Failure('invalid_document_filter', error.detail('en'))
    })
    if ('ids' in found) return found.ids
    throw new Failure(found.error.code, found.error.message)
  }

  #uncount(document: string | undefined): void {
    if (document !== undefined) this.counts.add(JSON.parse(document) as JsonDocument, -1)
  }

  /** @throws Failure */
  #idOf({ json, document }: GivenDocument, { primaryKey }: DocumentMapping): string {
    const id = idOf(withWholeNumbers(json, document, primaryKey), primaryKey, this.#parts.index.uid === MAIN_INDEX)
    if (typeof id === 'string') return id
    if (id.kind === 'missing') {
      const shown = json.length > SHOWN_MAX ? `${json.slice(0, SHOWN_MAX)}…` : json
      throw new Failure('missing_document_id', `Document doesn't have a \`${primaryKey}\` attribute: \`${shown}\`.`)
    }
    throw new Failure(
      'invalid_document_id',
      `Document identifier \`${id.got}\` is invalid. A document identifier can be of type integer or string, only composed of alphanumeric characters (a-z A-Z 0-9), hyphens (-) and underscores (_), and can not be more than 511 bytes.`,
    )
  }

  /** The index's own, else the one that was asked for, else what the first document tells. */
  async #primaryKeyFor(asked: string | null, path: string): Promise<string> {
    if (this.primaryKey !== null) {
      if (asked === null || asked === this.primaryKey) return this.primaryKey
      const message = `Index already has a primary key: \`${this.primaryKey}\`.`
      throw new Failure('index_primary_key_already_exists', message)
    }
    this.primaryKey = asked ?? (await inferred(path))
    return this.primaryKey
  }

  async #breathe(): Promise<void> {
    this.#done += 1
    if (this.#done % DOCUMENTS_IN_A_ROW !== 0) return
    await setImmediate()
    this.#parts.signal.throwIfAborted()
  }
}

const SHOWN_MAX = 200

const TOO_MANY_ATTRIBUTES = `The documents of an index can have at most ${ATTRIBUTES_MAX} different attributes, with names of ${ATTRIBUTE_NAMES_MAX} characters in all. With these documents they would have more.`

/** An article without the document it was made of, which is not searched. */
function searchedOf({ document: _, ...article }: Article): Article {
  return article
}

async function inferred(path: string): Promise<string> {
  for await (const { document } of documentsOf(path)) {
    const candidates = primaryKeyCandidates(document)
    const [first, second] = candidates
    if (first !== undefined && second === undefined) return first
    const how = 'Please specify the primary key manually using the `primaryKey` query parameter.'
    if (first === undefined) {
      const message = `The primary key inference failed as the engine did not find any field ending with \`id\` in its name. ${how}`
      throw new Failure('index_primary_key_no_candidate_found', message)
    }
    const message = `The primary key inference failed as the engine found ${candidates.length} fields ending with \`id\` in their names: '${first}' and '${second}'. ${how}`
    throw new Failure('index_primary_key_multiple_candidates_found', message)
  }
  return 'id'
}

/** Of equal names the last one counts, as for `JSON.parse`. */
const exactly = (json: string): JsonDocument =>
  parse(json, null, { onDuplicateKey: ({ newValue }) => newValue }) as JsonDocument

/** The document, with digits in place of an id that JavaScript cannot hold: several such numbers are the same to it. */
function withWholeNumbers(json: string, document: JsonDocument, primaryKey: string): JsonDocument {
  const rounded = valueAt(document, primaryKey)
  if (typeof rounded !== 'number' || !Number.isInteger(rounded) || Number.isSafeInteger(rounded)) return document
  const exact = valueAt(exactly(json), primaryKey)
  const digits = String(exact)
  return /^-?\d+$/.test(digits) ? { [primaryKey]: digits } : document
}

/** A document with the attributes that are given in place of its own. Numbers that JavaScript cannot hold stay as they are. */
function merged(before: Article, given: string): GivenDocument {
  const known = documentOfArticle(before, before.document ?? null)
  const json = stringify({ ...exactly(known), ...exactly(given) }) as string
  return { json, document: JSON.parse(json) as JsonDocument }
}
