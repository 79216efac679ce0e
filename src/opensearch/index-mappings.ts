import { FREQUENCY_SIGN } from './stored-terms.ts'

/** Counts up with every change of what the documents below hold: an index of another format is not read. */
export const FORMAT = 3

/** The fields of postings: terms that were analysed here, each with how often the article has it. */
export const POSTINGS = {
  /** Twice the weighted frequency: words and aliases count 2, parts and extras 1; each of the four at most 255 times. */
  weighted: 'weighted',
  /** Words of title and text by their own term; an occurrence in the title counts 3. */
  whole: 'whole',
  /** The same for aliases. */
  alias: 'alias',
  /** Words of the title, and their aliases. */
  title: 'title',
} as const

/** Terms without a frequency: what a word that is excluded, or demanded in a field, is told by. */
export const STRICT = { title: 'strictTitle', text: 'strictText', any: 'strictAny' } as const
/** Spellings by their beginnings, without stop words. */
export const BEGINS = { title: 'beginsTitle', text: 'beginsText', any: 'beginsAny' } as const

/** What ranking reads of an article, see `packedArticle`: as a value of the document, for reading what is stored takes unpacking a block of others. */
export const PACKED = 'packed'

const TOKEN_LENGTH_MAX = 30_000

const keyword = { type: 'keyword', ignore_above: 32_000 } as const
const terms = { type: 'keyword', doc_values: false, ignore_above: 32_000 } as const

export interface IndexSize {
  readonly shards: number
  readonly replicas: number
}

const settingsOf = ({ shards, replicas }: IndexSize) => ({
  number_of_shards: shards,
  number_of_replicas: replicas,
  // what was written is made visible by the writer, all of it at once
  refresh_interval: '-1',
  max_result_window: 10_000,
  max_terms_count: 100_000,
})

/** The index of the articles. */
export const articlesIndex = (size: IndexSize) => ({
  settings: {
    index: settingsOf(size),
    analysis: {
      tokenizer: { blanks: { type: 'whitespace', max_token_length: TOKEN_LENGTH_MAX } },
      filter: { counted: { type: 'delimited_term_freq', delimiter: FREQUENCY_SIGN } },
      analyzer: { counted: { type: 'custom', tokenizer: 'blanks', filter: ['counted'] } },
    },
  },
  mappings: {
    dynamic: false,
    _meta: { format: FORMAT },
    _source: { includes: ['article'] },
    properties: {
      ...Object.fromEntries(
        Object.values(POSTINGS).map((name) => [
          name,
          { type: 'text', analyzer: 'counted', index_options: 'freqs', norms: false },
        ]),
      ),
      ...Object.fromEntries([...Object.values(STRICT), ...Object.values(BEGINS)].map((name) => [name, terms])),
      [PACKED]: { type: 'binary', doc_values: true },
      id: keyword,
      seqNo: { type: 'long' },
      time: { type: 'long' },
      length: { type: 'double' },
      titleLength: { type: 'integer' },
      isInOtherLanguage: { type: 'boolean' },
      content: keyword,
      // values of fields, each behind the name of its field
      fields: keyword,
      filled: keyword,
      empty: keyword,
      lowered: keyword,
      texts: keyword,
      numbers: keyword,
      values: keyword,
      first: keyword,
      months: keyword,
      start: { type: 'long' },
      end: { type: 'long' },
      dayStart: { type: 'long' },
      dayEnd: { type: 'long' },
    },
  },
})

/** The index of the terms that articles have, by their letters. */
export const vocabularyIndex = (size: IndexSize) => ({
  settings: { index: settingsOf(size) },
  mappings: {
    dynamic: false,
    _meta: { format: FORMAT },
    properties: {
      term: keyword,
      termLength: { type: 'integer' },
      documents: { type: 'integer' },
      /** Spellings of words with this term; `0` before one, or `1` where it is a stop word. */
      forms: { type: 'keyword', doc_values: false, ignore_above: 32_000 },
      formCount: { type: 'integer' },
      begins: terms,
      sounds: terms,
      grams: keyword,
      // of a document for each n-gram: how many terms have it, and the sum of their documents
      gram: keyword,
      gramTerms: { type: 'integer' },
      gramDocuments: { type: 'long' },
    },
  },
})
