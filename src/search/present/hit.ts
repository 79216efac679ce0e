// The room `search/present`: a hit as it is shown: snippet, marks, explanation, corrections, reasons for no hits. It imports what a
// search has found and the analysis; it asks no engine.

import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Article } from '../../article/article.ts'
import type { ArticleText } from '../../article/article-text.ts'
import { extrasOf } from '../../article/extras.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import { type Match, Matcher, matchWords } from '../match/word-matcher.ts'
import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import { CROP_LENGTH_DEFAULT, type SearchRequest } from '../query/request.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'
import type { SearchHit, SearchResult } from '../rank/search-result.ts'
import { Explainer, type Explanation } from './explain.ts'
import { escapeHtml, highlight } from './highlight.ts'
import { type Stretch, snippetOf } from './snippet.ts'

export type Hit = Partial<Article> & {
  readonly score: number
  readonly formatted: { readonly title: string; readonly snippet: string }
  readonly matches: readonly Match[]
  /** How many others were folded into it; only where there are any. */
  readonly duplicates?: number
  readonly explanation?: Explanation
}

const MATCHES_MAX = 100

/** Makes of an engine's hits what a search answers with: snippet, highlighted title, and where and how the words matched. */
export class Presenter {
  readonly #words: readonly ResolvedWord[]
  readonly #termWeights: readonly number[]
  readonly #droppedStopWords: readonly string[]
  readonly #request: SearchRequest
  readonly #analyzer: Analyzer
  readonly #budget: WorkBudget
  #matcher: Matcher | undefined
  #explainer: Explainer | undefined

  constructor(
    { words }: Pick<SearchResult, 'words'>,
    { droppedStopWords }: Pick<AnalyzedQuery, 'droppedStopWords'>,
    request: SearchRequest,
    analyzer: Analyzer,
    budget: WorkBudget,
  ) {
    this.#budget = budget
    this.#droppedStopWords = droppedStopWords
    this.#words = words
    this.#termWeights = words.map(({ termWeight }) => termWeight)
    this.#request = request
    this.#analyzer = analyzer
  }

  present(hit: SearchHit): Hit {
    const { article, articleText, score, title, text, duplicates, parts } = hit
    const request = this.#request
    const budget = this.#budget
    // what is cut short is short, too
    const cropLength = budget.isSpent() ? Math.min(request.cropLength, CROP_LENGTH_DEFAULT) : request.cropLength
    const stretch = snippetOf(articleText, text, this.#termWeights, cropLength, budget)
    // read in one piece, before single words of it are
    articleText.slice(stretch.start, stretch.end)
    const whole = { start: 0, end: article.title.length }
    const matches = firstOf(
      MATCHES_MAX,
      this.#fieldMatches('title', article.title, title, whole),
      this.#fieldMatches('text', articleText, text, stretch),
      this.#extraMatches(article),
    )
    const fields = fieldsOf(article, request.attributesToRetrieve)
    budget.spend(COST.output * (article.title.length + stretch.end - stretch.start + (fields.text?.length ?? 0)))
    return {
      ...fields,
      score,
      formatted: {
        title: highlight(article.title, 0, article.title.length, rangesOf(title, whole), request.highlight),
        snippet: snippetHtml(articleText, text, stretch, request),
      },
      matches,
      ...(duplicates > 0 && { duplicates }),
      ...(parts !== null && this.#explained(hit)),
    }
  }

  #explained(hit: SearchHit): Pick<Hit, 'explanation'> {
    if (this.#budget.isSpent()) {
      this.#budget.cut('explanation')
      return {}
    }
    const { language } = this.#request
    this.#explainer ??= new Explainer(this.#words, this.#droppedStopWords, this.#analyzer, language, this.#budget)
    return { explanation: this.#explainer.explain(hit) }
  }

  *#fieldMatches(name: string, text: ArticleText, field: LocatedField, stretch: Stretch): Generator<Match> {
    for (const [i, token] of field.matches.entries()) {
      const start = field.startOf(token)
      const end = field.endOf(token)
      if (start < stretch.start || end > stretch.end) continue
      const wanted = this.#words[field.matchedWords[i] as number]
      const together = field.matchedKinds[i]
      const how = together
        ? { kind: together }
        : wanted && matchWords(this.#analyzer.word(text.slice(start, end)), wanted)
      if (!how) continue
      const part = 'part' in how && how.part && { part: { start: start + how.part.start, end: start + how.part.end } }
      yield { field: name, start, end, kind: how.kind, ...part }
    }
  }

  /** Tags, author and meta are short: they are analysed again instead of kept in the forward index. */
  *#extraMatches(article: Article): Generator<Match> {
    if (this.#words.length === 0) return
    for (const { field, index, value } of extrasOf(article)) {
      if (this.#budget.isSpent()) {
        this.#budget.cut('matches')
        return
      }
      this.#matcher ??= new Matcher(this.#words)
      const { starts, ends, words } = this.#analyzer.analyze(value)
      this.#budget.spend(COST.valueToken * words.length)
      for (const [i, found] of words.entries()) {
        const how = this.#matcher.match(found)
        if (how === null) continue
        const start = starts[i] as number
        const part = how.part && { part: { start: start + how.part.start, end: start + how.part.end } }
        yield { field, ...(index === null ? {} : { index }), start, end: ends[i] as number, kind: how.kind, ...part }
      }
    }
  }
}

function firstOf<T>(count: number, ...lists: readonly Iterable<T>[]): T[] {
  const first: T[] = []
  for (const list of lists) {
    for (const item of list) {
      first.push(item)
      if (first.length === count) return first
    }
  }
  return first
}

function snippetHtml(text: ArticleText, field: LocatedField, stretch: Stretch, request: SearchRequest): string {
  const marker = escapeHtml(request.cropMarker)
  const before = isBlankBefore(text, field, stretch.start) ? '' : marker
  const after = isBlankAfter(text, field, stretch.end) ? '' : marker
  return before + highlight(text, stretch.start, stretch.end, rangesOf(field, stretch), request.highlight) + after
}

/** So many characters are looked at before the rest is. */
const NEAR = 100

// a word is not blank: where one stands there the text itself need not be looked at

const isBlankBefore = (text: ArticleText, field: LocatedField, end: number): boolean =>
  (field.count === 0 || field.startOf(0) >= end) && isBlank(text.slice(0, end))

const isBlankAfter = (text: ArticleText, field: LocatedField, start: number): boolean =>
  (field.count === 0 || field.endOf(field.count - 1) <= start) &&
  isBlank(text.slice(start, Math.min(text.length, start + NEAR))) &&
  isBlank(text.slice(start + NEAR, text.length))

function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x20) return false
  return true
}

function* rangesOf(field: LocatedField, stretch: Stretch): Generator<readonly [number, number]> {
  for (const token of field.matches) {
    const start = field.startOf(token)
    if (start >= stretch.end) return
    if (start >= stretch.start) yield [start, field.endOf(token)]
  }
}

function fieldsOf(article: Article, wanted: readonly string[] | null): Partial<Article> {
  if (wanted?.includes('*')) return article
  const names = Object.keys(article) as (keyof Article)[]
  const shown = names.filter((name) => (wanted === null ? name !== 'text' : wanted.includes(name)))
  return Object.fromEntries(shown.map((name) => [name, article[name]]))
}
