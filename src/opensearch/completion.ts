import { orderKey } from '../analysis/german/order-key.ts'
import { keyOfForm } from '../analysis/word/word.ts'
import type { Suggestion } from '../search/engine/engine.ts'
import { APART, ELSEWHERE, OTHER_DOTS, scoreOf } from '../search/ranking/completion-score.ts'
import { prefixOf, valuesIn } from './field-values.ts'
import { allOf, type Query } from './filter-query.ts'
import { BEGINS } from './index-mappings.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm } from './stored-terms.ts'
import { entriesOf } from './vocabulary-lookup.ts'

/** The most frequent terms that begin so are looked at, and so many different titles. */
const TERMS_MAX = 100
const TITLES_MAX = 100
/** So many completed words are looked for beside the others that were typed. */
const TOGETHER_WORDS = 20
/** Of a long text only its end is completed. */
const TYPED_WORDS_MAX = 6
/** Fewer letters are no beginning of a title. */
const TITLE_TYPED_MIN = 3
const WORD = /[\p{L}\p{M}\p{N}]+(?:[-'’.][\p{L}\p{M}\p{N}]+)*/gu

/** A suggestion that may be made. */
export interface Completion {
  readonly kind: Suggestion['kind']
  readonly count: number
  readonly score: number
  /** What stands before the word, as it was typed. */
  readonly begin: string
  /** The word as the index knows it, in lower case; null where `begin` is all. */
  readonly word: string | null
}

interface CompletedWord {
  readonly key: string
  readonly count: number
  readonly score: number
}

/**
 * The words and titles of a state that what was typed may become, the best first. Words next to each other are not known to a cluster: those that stand in the same
 * articles take their place.
 */
export async function completionsOf(
  snapshot: Snapshot,
  typed: string,
  signal: AbortSignal | undefined,
): Promise<Completion[]> {
  const words = [...typed.matchAll(WORD)].filter(([word]) => orderKey(word.toLowerCase()) !== '')
  const end = words.at(-1)
  if (end === undefined) return []
  // behind a space the word is finished and the next one has no letter yet
  const isFinished = /[^\p{L}\p{M}\p{N}]$/u.test(typed)
  const keys = words.map(([word]) => word.normalize('NFC').toLowerCase())
  const before = (isFinished ? keys : keys.slice(0, -1)).slice(-TYPED_WORDS_MAX)
  const last = isFinished ? '' : (keys.at(-1) as string)
  const [completed, titles] = await Promise.all([
    last === '' ? [] : wordsBeginning(snapshot, last),
    titlesWith(snapshot, before, last, signal),
  ])
  const found =
    before.length === 0
      ? completed.map(({ key, count, score }) => ({ kind: 'word' as const, count, score, begin: '', word: key }))
      : await together(snapshot, before, completed.slice(0, TOGETHER_WORDS), typed.slice(0, end.index), signal)
  return [...found, ...titles].sort((a, b) => b.score - a.score)
}

async function wordsBeginning(snapshot: Snapshot, typed: string): Promise<CompletedWord[]> {
  const prefix = orderKey(typed)
  const query: Query = { prefix: { begins: { value: storedTerm(prefix) } } }
  const found = await entriesOf(snapshot, query, TERMS_MAX)
  return found
    .flatMap(({ documents, forms }) => {
      const keys = forms.flatMap(({ form, isStop }) => (isStop ? [] : [keyOfForm(form)]))
      const begun = keys.filter((key) => orderKey(key).startsWith(prefix))
      // how many articles have each spelling is not known: the shortest is rather the word itself
      const [key] = begun.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      if (key === undefined) return []
      const dots = key.startsWith(typed) ? 1 : OTHER_DOTS
      return [{ key, count: documents, score: dots * scoreOf(documents, typed.length, key.length) }]
    })
    .sort((a, b) => b.score - a.score)
}

/** The articles that have words just so. */
const spelt = (field: string, keys: readonly string[]): Query[] =>
  keys.map((key) => ({ term: { [field]: storedTerm(orderKey(key)) } }))

/** The last word completed by words that stand in the same articles as the others, wherever. */
async function together(
  snapshot: Snapshot,
  before: readonly string[],
  completed: readonly CompletedWord[],
  begin: string,
  signal: AbortSignal | undefined,
): Promise<Completion[]> {
  if (completed.length === 0) return []
  const filters = completed.map(({ key }) => ({ term: { [BEGINS.any]: storedTerm(orderKey(key)) } }))
  const { aggregations } = await snapshot.searchArticles<{
    aggregations: { counts: { buckets: { doc_count: number }[] } }
  }>(
    {
      size: 0,
      track_total_hits: false,
      query: allOf(spelt(BEGINS.any, before)),
      aggs: { counts: { filters: { filters } } },
    },
    signal,
  )
  return completed.flatMap(({ key, score }, at) => {
    const count = aggregations.counts.buckets[at]?.doc_count ?? 0
    const share = (APART * count) / (1 + count)
    return count === 0 ? [] : [{ kind: 'phrase' as const, count, score: score * share, begin, word: key }]
  })
}

/** Titles that have the words, and one that begins as the last. */
async function titlesWith(
  snapshot: Snapshot,
  before: readonly string[],
  last: string,
  signal: AbortSignal | undefined,
): Promise<Completion[]> {
  const typed = before.reduce((sum, { length }) => sum + length, last.length)
  if (typed < TITLE_TYPED_MIN || snapshot.statistics.titles === 0) return []
  const begun: Query[] = last === '' ? [] : [{ prefix: { [BEGINS.title]: { value: storedTerm(orderKey(last)) } } }]
  const { aggregations } = await snapshot.searchArticles<{
    aggregations: { titles: { buckets: { key: string; doc_count: number }[] } }
  }>(
    {
      size: 0,
      track_total_hits: false,
      query: allOf([...spelt(BEGINS.title, before), ...begun]),
      aggs: { titles: { terms: { field: 'first', include: `${prefixOf('title')}.*`, size: TITLES_MAX } } },
    },
    signal,
  )
  const beginning = orderKey([...before, last].join(' ').trim())
  return aggregations.titles.buckets.flatMap(({ key, doc_count: count }) =>
    valuesIn([key], 'title').map((value) => {
      const title = String(value).replace(/\s+/g, ' ').trim()
      const place = orderKey(title.toLowerCase()).startsWith(beginning) ? 1 : ELSEWHERE
      return {
        ...{ kind: 'title' as const, count, begin: title, word: null },
        score: place * scoreOf(count, typed, title.length),
      }
    }),
  )
}
