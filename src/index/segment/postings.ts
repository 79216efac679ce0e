import { Index } from 'flexsearch'
import { postingMapOf } from './flexsearch-map.ts'

/** Where in an article a term stands; each has a posting list of its own, so that a query can weigh them apart. */
export const WHOLE = 0
/** The term is a part of a longer word. */
export const PART = 1
/** The term stands in tags, author or meta. */
export const EXTRA = 2
/** The term is what several words are together, or what a shortened one stands for. */
export const ALIAS = 3
export const OCCURRENCE_KINDS = 4

// Terms begin with a letter or a digit, so a sign in front makes names that no term has.
const PREFIXES = ['', '+', '@', '='] as const

/** Frequencies of 256 and more are kept as 255: FlexSearch would lose them without a word. */
export const FREQUENCY_MAX = 255

/** One posting list: `tfBuckets[f - 1]` holds the docIds, ascending, of the articles that have the term f times. */
export type TfBuckets = readonly (readonly number[] | undefined)[]

const NO_BUCKETS: TfBuckets = []

/** What the posting list of a term in a kind of occurrence is kept under. */
export const postingName = (term: string, kind: number): string => PREFIXES[kind] + term

/** The occurrences of one article as parallel lists: each name once, see `postingName`, and how often it occurs. */
export interface Occurrences {
  readonly names: readonly string[]
  readonly frequencies: readonly number[]
}

/**
 * The posting lists, kept by FlexSearch: one entry a term and kind of occurrence, the slot of its resolution says the frequency.
 * Nothing is ever removed: the index keeps tombstones and is compacted.
 */
export class Postings {
  #frequencies: readonly number[] = []
  readonly #index = new Index({
    // what is added and asked for is a ready list of terms already
    encode: (terms: unknown) => (Array.isArray(terms) ? terms : [terms]) as string[],
    tokenize: 'strict',
    resolution: FREQUENCY_MAX,
    score: (_content: unknown, _term: string, position: number) =>
      Math.min(this.#frequencies[position] as number, FREQUENCY_MAX) - 1,
  } as object)
  readonly #map = postingMapOf(this.#index)

  add(docId: number, { names, frequencies }: Occurrences): void {
    this.#frequencies = frequencies
    this.#index.add(docId, names as unknown as string)
  }

  /** The live posting list of a term in a kind of occurrence: never change it. */
  tfBuckets(term: string, kind: number): TfBuckets {
    return this.#map.get(postingName(term, kind)) ?? NO_BUCKETS
  }

  /** Takes posting lists over as they are, from a snapshot. */
  load(entries: readonly (readonly [term: string, kind: number, tfBuckets: TfBuckets])[]): void {
    const map = entries.map(([term, kind, tfBuckets]) => [postingName(term, kind), tfBuckets])
    this.#index.import('1.map', map as unknown as string)
  }

  /** FlexSearch keeps its own list of known articles; an index from a snapshot needs it too. */
  loadDocIds(count: number): void {
    this.#index.import('1.reg', Array.from({ length: count }, (_, docId) => docId) as unknown as string)
  }
}
