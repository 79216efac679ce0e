/** Frequencies of 256 and more are kept as 255. */
export const FREQUENCY_MAX = 255

/** A posting list: `docIds` from `start` to `end`, ascending, and in the same places how often each article has the term. */
export interface PostingList {
  readonly docIds: Uint32Array
  readonly frequencies: Uint8Array
  readonly start: number
  readonly end: number
}

/** The occurrences of one article as parallel lists: each slot once, see `slotOf` in postings.ts, and how often it occurs. */
export interface Occurrences {
  readonly slots: readonly number[]
  readonly frequencies: readonly number[]
}

/** Posting lists in columns: that of slot s from where the one of s - 1 ends. */
export interface PackedPostings {
  readonly ends: Uint32Array
  readonly docIds: Uint32Array
  readonly frequencies: Uint8Array
}
