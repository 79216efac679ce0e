/** Where in an article a term stands; each has a posting list of its own, so that a query can weigh them apart. */
export const WHOLE = 0
/** The term is a part of a longer word. */
export const PART = 1
/** The term stands in tags, author or meta. */
export const EXTRA = 2
/** The term is what several words are together, or what a shortened one stands for. */
export const ALIAS = 3
/** The term stands in the title, as a word or an alias; counted among the others, too. */
export const TITLE = 4
export const OCCURRENCE_KINDS = 5

/** Frequencies of 256 and more are kept as 255. */
export const FREQUENCY_MAX = 255

/**
 * A posting list: `docIds` from `start` to `end`, ascending, and in the same places how often each article has the term. Valid until the next list is
 * read from the same postings.
 */
export interface PostingList {
  readonly docIds: Uint32Array
  readonly frequencies: Uint8Array
  readonly start: number
  readonly end: number
}

/** The occurrences of one article as parallel lists: each slot once, see `slotOf`, and how often it occurs. */
export interface Occurrences {
  readonly slots: readonly number[]
  readonly frequencies: readonly number[]
  /** The terms of these slots, each once. */
  readonly terms: readonly number[]
}

/** The number of the posting list of a term in a kind of occurrence. */
export const slotOf = (term: number, kind: number): number => term * OCCURRENCE_KINDS + kind

/**
 * Posting lists in bytes, those of term t from where the ones of t - 1 end. For each kind of occurrence in turn: how many bytes its list has, and the list; what follows
 * the last list that is not empty is left out. A posting is the gap to the docId before, times two, plus one where the frequency is 1; else the frequency follows
 * as a byte. The first docId is told by its gap to -1. All but frequencies are varints, see `ByteColumn`; a gap is one less than the difference.
 */
export interface PackedPostings {
  readonly ends: Uint32Array
  readonly bytes: Uint8Array
}
