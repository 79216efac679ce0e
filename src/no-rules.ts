import type { Rules } from './rules.ts'

/** The rules of a site owner who has none. Apart from `rules.ts`, so that indexing does not depend on how their file is read. */
export const NO_RULES: Rules = { words: [], unsplit: [], stopWords: [], synonyms: [], pinned: [], hidden: [] }
