import type { PackedKeyedLists } from '../arrays/keyed-lists.ts'

/** What `PhoneticIndex` holds, by the names it has there. */
export interface PackedSounds {
  readonly codes: Uint8Array
  readonly ends: Uint32Array
  readonly letters: Uint32Array
  readonly lastEntries: Uint32Array
  readonly items: Uint32Array
  readonly entriesBefore: Uint32Array
  readonly table: Uint32Array
  readonly postings: PackedKeyedLists
}

/** The words of a vocabulary by their sound. */
export interface PackedSpellings {
  /** How many forms and how many terms of the vocabulary are among them: the first ones. */
  readonly entered: Uint32Array
  readonly sounds: PackedSounds
}

/** Which articles are the same, or nearly so. */
export interface PackedDuplicates {
  /** Of so many docIds, and so many living articles. */
  readonly counts: Uint32Array
  readonly signatures: Uint16Array
  /** See `Groups.of`; read as whole numbers that may be negative. */
  readonly exact: Uint32Array
  readonly near: Uint32Array
}

/** What is worked out from an index and kept in its snapshot, so that no start and no first search waits for it. */
export interface Prepared {
  readonly spellings?: PackedSpellings
  readonly duplicates?: PackedDuplicates
}
