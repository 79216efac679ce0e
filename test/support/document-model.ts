/** A document, as the model and the requests have it. */
export type ModelDocument = Readonly<Record<string, unknown>> & { readonly id: number }

export interface ModelIndex {
  primaryKey: string | null
  documents: Map<number, ModelDocument>
  /** Null where nobody has said it. */
  filterable: readonly string[] | null
  searchable: readonly string[]
}

/** The index of the articles from files may be asked for anything until somebody says for what; its documents have no values then. */
export const mayFilter = (uid: string, { filterable }: ModelIndex): 'yes' | 'no' | 'in vain' => {
  if (filterable === null && uid === 'articles') return 'in vain'
  return filterable?.includes('color') === true ? 'yes' : 'no'
}

/** What is asked of a server, and what a model does for it. */
export type Operation =
  | {
      readonly kind: 'put'
      readonly uid: string
      readonly method: 'replace' | 'update'
      readonly skipCreation: boolean
      readonly documents: readonly object[]
    }
  | { readonly kind: 'remove'; readonly uid: string; readonly ids: readonly number[] }
  | { readonly kind: 'removeBy'; readonly uid: string; readonly color: string }
  | { readonly kind: 'removeAll'; readonly uid: string }
  | {
      readonly kind: 'settings'
      readonly uid: string
      readonly filterable?: readonly string[]
      readonly searchable?: readonly string[]
    }
  | { readonly kind: 'reset'; readonly uid: string }
  | { readonly kind: 'create'; readonly uid: string }
  | { readonly kind: 'drop'; readonly uid: string }
  | { readonly kind: 'swap'; readonly uids: readonly [string, string] }
  /** What changes nothing: a backup, or taking back what waits. */
  | { readonly kind: 'dump' | 'cancel' }

/** What a task has to come to. */
export interface Expected {
  readonly status: 'succeeded' | 'failed'
  /** The code of its error. */
  readonly code?: string
  /** Of its details. */
  readonly details?: Readonly<Record<string, unknown>>
}

const ALL: readonly string[] = ['*']

/** Indexes and documents as the operations leave them, one after the other, by the simplest means there are. */
export class DocumentModel {
  readonly indexes = new Map<string, ModelIndex>()

  apply(operation: Operation): Expected {
    switch (operation.kind) {
      case 'put':
        return this.#put(operation)
      case 'remove':
        return this.#remove(operation.uid, (index) => operation.ids.filter((id) => index.documents.delete(id)).length)
      case 'removeBy':
        return this.#removeBy(operation.uid, operation.color)
      case 'removeAll':
        return this.#remove(operation.uid, (index) => this.#clear(index))
      case 'settings': {
        const index = this.#made(operation.uid)
        index.filterable = operation.filterable ?? index.filterable
        index.searchable = operation.searchable ?? index.searchable
        return { status: 'succeeded' }
      }
      case 'reset': {
        const index = this.indexes.get(operation.uid)
        if (index === undefined) return MISSING
        index.filterable = null
        index.searchable = ALL
        return { status: 'succeeded' }
      }
      case 'create':
        if (this.indexes.has(operation.uid)) return { status: 'failed', code: 'index_already_exists' }
        this.#made(operation.uid)
        return { status: 'succeeded' }
      case 'drop': {
        const deletedDocuments = this.indexes.get(operation.uid)?.documents.size
        if (deletedDocuments === undefined) return MISSING
        this.indexes.delete(operation.uid)
        return { status: 'succeeded', details: { deletedDocuments } }
      }
      case 'swap':
        return this.#swap(...operation.uids)
      default:
        return { status: 'succeeded' }
    }
  }

  #made(uid: string): ModelIndex {
    const index = this.indexes.get(uid) ?? { primaryKey: null, documents: new Map(), filterable: null, searchable: ALL }
    this.indexes.set(uid, index)
    return index
  }

  #put({ uid, method, skipCreation, documents }: Extract<Operation, { kind: 'put' }>): Expected {
    const index = this.#made(uid)
    if (documents.some((document) => !('id' in document)))
      return { status: 'failed', code: 'missing_document_id', details: { indexedDocuments: 0 } }
    index.primaryKey = 'id'
    let indexedDocuments = 0
    for (const document of documents as readonly ModelDocument[]) {
      const before = index.documents.get(document.id)
      if (before === undefined && skipCreation) continue
      index.documents.set(document.id, method === 'update' ? { ...before, ...document } : document)
      indexedDocuments += 1
    }
    return { status: 'succeeded', details: { indexedDocuments } }
  }

  #remove(uid: string, work: (index: ModelIndex) => number): Expected {
    const index = this.indexes.get(uid)
    if (index === undefined) return MISSING
    return { status: 'succeeded', details: { deletedDocuments: work(index) } }
  }

  #removeBy(uid: string, color: string): Expected {
    const index = this.indexes.get(uid)
    if (index !== undefined && mayFilter(uid, index) === 'no')
      return { status: 'failed', code: 'invalid_document_filter', details: { deletedDocuments: 0 } }
    return this.#remove(uid, (known) => {
      const { documents } = known
      const isIn = ({ color: own }: ModelDocument): boolean => own === color && mayFilter(uid, known) === 'yes'
      const gone = [...documents.values()].filter(isIn)
      for (const { id } of gone) documents.delete(id)
      return gone.length
    })
  }

  #clear({ documents }: ModelIndex): number {
    const { size } = documents
    documents.clear()
    return size
  }

  #swap(one: string, other: string): Expected {
    const [first, second] = [this.indexes.get(one), this.indexes.get(other)]
    if (first === undefined || second === undefined) return MISSING
    this.indexes.set(one, second)
    this.indexes.set(other, first)
    return { status: 'succeeded' }
  }
}

const MISSING: Expected = { status: 'failed', code: 'index_not_found' }

/** The ids of the documents of an index that have a word in what is searched, and a colour where one is asked for. */
export function foundIn(index: ModelIndex, word: string | null, color: string | null): number[] {
  const isSearched = (name: string): boolean => index.searchable.includes('*') || index.searchable.includes(name)
  const found = [...index.documents.values()].filter((document) => {
    if (color !== null && document['color'] !== color) return false
    if (word === null) return true
    return Object.entries(document).some(
      ([name, value]) => isSearched(name) && [value].flat().some((text) => String(text).split(' ').includes(word)),
    )
  })
  return found.map(({ id }) => id).sort((one, other) => one - other)
}

/** How many of them have each value of an attribute. */
export function distribution(index: ModelIndex, ids: readonly number[], attribute: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const id of ids) {
    const value = index.documents.get(id)?.[attribute]
    if (value !== undefined) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  }
  return counts
}

/** How many documents have each attribute. */
export function attributesOf({ documents }: ModelIndex): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const document of documents.values())
    for (const name of Object.keys(document)) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
