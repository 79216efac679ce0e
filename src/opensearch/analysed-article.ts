import type { Analysis, Analyzer } from '../analysis/analyzer.ts'
import type { Word } from '../analysis/word/word.ts'
import type { Article } from '../article/article.ts'
import { extrasOf } from '../article/extras.ts'
import { EXTRA_WEIGHT, TITLE_WEIGHT } from '../search/ranking/index-weights.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'

/** More occurrences are not counted. */
export const FREQUENCY_MAX = 255

/** How often an article has a term, by kind; each 255 at most. An occurrence in the title counts `TITLE_WEIGHT`, but in `title`. */
export interface Occurrences {
  /** As a word's own term. */
  whole: number
  /** As a part of a longer word, or a second reading as a verb. */
  part: number
  /** In tags, author and texts of `meta`, however. */
  extra: number
  /** As another alias. */
  alias: number
  /** In the title, as a word or an alias. */
  title: number
}

export const NO_OCCURRENCES: Readonly<Occurrences> = { whole: 0, part: 0, extra: 0, alias: 0, title: 0 }

/** An article as BM25 sees it (search/ranking/bm25.ts). */
export interface AnalysedArticle {
  readonly article: Article
  readonly title: Analysis
  readonly text: Analysis
  readonly extras: readonly Analysis[]
  /** The length that BM25 counts: of text and extras, without stop words. */
  readonly length: number
  /** Words of the title that are no stop words, or all where it has no others; 255 at most. */
  readonly titleLength: number
  /** By term; those that only stand beside what is counted elsewhere are there with nothing. */
  readonly terms: ReadonlyMap<string, Readonly<Occurrences>>
}

export function analyseArticle(article: Article, analyzer: Analyzer): AnalysedArticle {
  const title = analyzer.analyze(article.title)
  const text = analyzer.analyze(article.text)
  const extras = extrasOf(article).map(({ value }) => analyzer.analyze(value))
  const terms = new Map<string, Occurrences>()
  const add = (term: string, kind: keyof Occurrences, times: number): void => {
    let counts = terms.get(term)
    if (counts === undefined) {
      counts = { ...NO_OCCURRENCES }
      terms.set(term, counts)
    }
    counts[kind] = Math.min(FREQUENCY_MAX, counts[kind] + times)
  }
  let length = 0
  for (const word of title.words) {
    countWord(word, TITLE_WEIGHT, add)
    add(word.term, 'title', 1)
    for (const { term, kind, isUncounted } of word.aliases)
      if (isUncounted !== true && kind !== 'verbLemma') add(term, 'title', 1)
  }
  for (const word of text.words) {
    countWord(word, 1, add)
    if (!word.stop) length += 1
  }
  for (const { words } of extras) {
    for (const word of words) {
      for (const { term } of [word, ...word.parts, ...word.subCompounds]) add(term, 'extra', 1)
      for (const { term, isUncounted } of word.aliases) add(term, 'extra', isUncounted === true ? 0 : 1)
      if (!word.stop) length += EXTRA_WEIGHT
    }
  }
  const content = title.words.filter(({ stop }) => !stop).length
  const titleLength = Math.min(FREQUENCY_MAX, content > 0 ? content : title.count)
  return { article, title, text, extras, length, titleLength, terms }
}

function countWord(
  word: Word,
  times: number,
  add: (term: string, kind: keyof Occurrences, times: number) => void,
): void {
  add(word.term, 'whole', times)
  for (const { term } of word.parts) add(term, 'part', times)
  for (const { term } of word.subCompounds) add(term, 'part', times)
  for (const { term, kind, isUncounted } of word.aliases)
    add(term, kind === 'verbLemma' ? 'part' : 'alias', isUncounted === true ? 0 : times)
}

/** The weighted frequency that BM25 counts. */
export const weightedFrequency = ({ whole, alias, part, extra }: Readonly<Omit<Occurrences, 'title'>>): number =>
  whole + alias + WEIGHTS.part * part + WEIGHTS.extra * extra

/** So many times the weighted frequency is a whole number, as postings of the cluster are. */
export const WEIGHTED_UNITS = 2
