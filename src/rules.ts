/** What of a site owner's rules decides how articles are indexed. */
export interface IndexRules {
  /** Words that may be parts of compounds. */
  readonly words: readonly string[]
  /** Words that are never taken apart, in any of their forms. */
  readonly unsplit: readonly string[]
}

/** What a site owner wants otherwise, from one plain text file. All but `IndexRules` concerns queries alone. */
export interface Rules extends IndexRules {
  /** Words that queries leave out while others remain. */
  readonly stopWords: readonly string[]
  readonly synonyms: readonly Synonyms[]
  /** Where a thesaurus lies whose words stand for those of queries as well; null for none. */
  readonly thesaurus: string | null
  /** Articles that stand at the top, and that never stand anywhere, where the query is this one. */
  readonly pinned: readonly CurationRule[]
  readonly hidden: readonly CurationRule[]
}

/** A query for one of `from` also finds all of `to`; each may be several words. */
export interface Synonyms {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

export interface CurationRule {
  readonly query: string
  /** Of articles. */
  readonly ids: readonly string[]
}

/** The rules of a site owner who has none. Apart from `rules-file.ts`, so that indexing does not depend on how their file is read. */
export const NO_RULES: Rules = {
  words: [],
  unsplit: [],
  stopWords: [],
  synonyms: [],
  thesaurus: null,
  pinned: [],
  hidden: [],
}
