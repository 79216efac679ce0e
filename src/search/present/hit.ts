// The room `search/present`: a hit as it is shown: snippet, marks, explanation, corrections, reasons for no hits. It imports what a
// search has found and the analysis; it asks no engine.

import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Article } from '../../article/article.ts'
import type { ArticleText } from '../../article/article-text.ts'
import { extrasOf } from '../../article/extras.ts'
import { type Heading, noSnippetsOf, pageAt, sectionAt } from '../../article/structure.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import { type Match, Matcher, matchWords, type WordMatch } from '../match/word-matcher.ts'
import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import { CROP_LENGTH_DEFAULT, type SearchRequest } from '../query/request.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'
import type { SearchHit, SearchResult } from '../rank/search-result.ts'
import { Explainer, type Explanation } from './explain.ts'
import { firstFrom } from './first-from.ts'
import { escapeHtml, highlight } from './highlight.ts'
import { snippetOutside } from './shown-part.ts'
import { type SnippetQuery, snippetQueryOf } from './snippet-query.ts'
import type { Fragment } from './snippet-room.ts'

export type Hit = Partial<Article> & {
  readonly score: number
  readonly formatted: { readonly title: string; readonly snippet: string }
  readonly matches: readonly Match[]
  /** The page of a PDF that the first match of the snippet stands on; `url` leads there then. */
  readonly page?: number
  /** The section of a long article that this match stands in; `url` leads there where the heading has a name. */
  readonly section?: Section
  /** How many others were folded into it; only where there are any. */
  readonly duplicates?: number
  readonly explanation?: Explanation
}

/** While it is made. */
type Shown<T> = { -readonly [Name in keyof T]: T[Name] }

/** A section of an article, by its heading. */
export interface Section {
  /** Plain text. */
  readonly title: string
  /** What leads to it within the page. */
  readonly anchor?: string
}

/** Where in its article the first match of a snippet stands. */
interface Place {
  readonly page: number | null
  readonly section: Section | null
}

const NO_PLACE: Place = { page: null, section: null }

const MATCHES_MAX = 100
/** Shorter texts are seen whole: it need not be said where in them a match stands. In characters. */
const SECTIONED_LENGTH_MIN = 1000
/** So much of a heading is told. */
const SECTION_TITLE_MAX = 200

/** Makes of an engine's hits what a search answers with: snippet, highlighted title, and where and how the words matched. */
export class Presenter {
  readonly #words: readonly ResolvedWord[]
  readonly #snippetQuery: SnippetQuery
  readonly #droppedStopWords: readonly string[]
  /** Where an article has what it shares with another nobody asked for. */
  readonly #isSearch: boolean
  readonly #request: SearchRequest
  readonly #analyzer: Analyzer
  readonly #budget: WorkBudget
  #matcher: Matcher | undefined
  #explainer: Explainer | undefined

  constructor(
    { words }: Pick<SearchResult, 'words'>,
    { droppedStopWords, excludeLike }: Pick<AnalyzedQuery, 'droppedStopWords' | 'excludeLike'>,
    request: SearchRequest,
    analyzer: Analyzer,
    budget: WorkBudget,
  ) {
    this.#budget = budget
    this.#droppedStopWords = droppedStopWords
    this.#isSearch = excludeLike === null
    this.#words = words
    this.#snippetQuery = snippetQueryOf(words, request.q)
    this.#request = request
    this.#analyzer = analyzer
  }

  present(hit: SearchHit): Hit {
    const { article, articleText, score, title, text, duplicates, parts } = hit
    const request = this.#request
    const budget = this.#budget
    // what is cut short is short, too
    const cropLength = budget.isSpent() ? Math.min(request.cropLength, CROP_LENGTH_DEFAULT) : request.cropLength
    const ranges = hit.structure('nosnippet')
    budget.spend(COST.structureRange * ranges.length)
    const hidden = noSnippetsOf(ranges)
    const snippet = snippetOutside(hidden, articleText, text, this.#snippetQuery, cropLength, budget)
    // each is read in one piece, before single words of it are
    const excerpts = snippet.fragments.map((fragment) => new Excerpt(articleText, fragment))
    const heading = new Excerpt(article.title, { start: 0, stop: article.title.length, first: 0, end: title.count })
    const matches: Match[] = []
    this.#addFieldMatches('title', heading, title, matches)
    for (const excerpt of excerpts) this.#addFieldMatches('text', excerpt, text, matches)
    this.#addExtraMatches(article, matches)
    const place = this.#placeOf(hit, matches)
    const fields = fieldsOf(article, request.attributesToRetrieve, place)
    const shown = excerpts.reduce((sum, { fragment }) => sum + fragment.stop - fragment.start, article.title.length)
    budget.spend(COST.output * (shown + (fields.text?.length ?? 0)))
    const formatted = {
      title: highlighted(heading, title, request),
      snippet: snippetHtml(articleText, text, excerpts, request),
    }
    const shownHit: Shown<Hit> = Object.assign(fields, { score, formatted, matches })
    if (place.page !== null) shownHit.page = place.page
    if (place.section !== null) shownHit.section = place.section
    if (duplicates > 0) shownHit.duplicates = duplicates
    if (parts !== null) Object.assign(shownHit, this.#explained(hit))
    return shownHit
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

  #placeOf({ structure, articleText }: SearchHit, matches: readonly Match[]): Place {
    const match = matches.find(({ field }) => field === 'text')
    if (match === undefined || !this.#isSearch) return NO_PLACE
    if (this.#budget.isSpent()) {
      this.#budget.cut('matches')
      return NO_PLACE
    }
    const ranges = structure()
    this.#budget.spend(COST.structureRange * ranges.length)
    const heading = articleText.length < SECTIONED_LENGTH_MIN ? null : sectionAt(ranges, match.start)
    return { page: pageAt(ranges, match.start), section: heading && sectionOf(heading, articleText) }
  }

  #addFieldMatches(name: string, excerpt: Excerpt, field: LocatedField, into: Match[]): void {
    const { matches, matchedWords, matchedKinds } = field
    const { first, end: tokensEnd, stop } = excerpt.fragment
    for (let i = firstFrom(matches, first); i < matches.length && into.length < MATCHES_MAX; i++) {
      const token = matches[i] as number
      if (token >= tokensEnd) return
      const [start, end] = [field.startOf(token), field.endOf(token)]
      // a word that is too long is cut off
      if (end > stop) continue
      const wanted = this.#words[matchedWords[i] as number]
      const together = matchedKinds[i]
      if (together) into.push({ field: name, start, end, kind: together })
      else if (wanted !== undefined) {
        const how = matchWords(this.#analyzer.word(excerpt.slice(start, end)), wanted)
        if (how !== null) into.push(matchOf(name, null, start, end, how))
      }
    }
  }

  /** Tags, author and meta are short: they are analysed again instead of kept in the forward index. */
  #addExtraMatches(article: Article, into: Match[]): void {
    if (this.#words.length === 0) return
    for (const { field, index, value } of extrasOf(article)) {
      if (into.length >= MATCHES_MAX) return
      if (this.#budget.isSpent()) {
        this.#budget.cut('matches')
        return
      }
      this.#matcher ??= new Matcher(this.#words)
      const { starts, ends, words } = this.#analyzer.analyze(value)
      this.#budget.spend(COST.valueToken * words.length)
      for (const [i, found] of words.entries()) {
        if (into.length >= MATCHES_MAX) return
        const how = this.#matcher.match(found)
        if (how !== null) into.push(matchOf(field, index, starts[i] as number, ends[i] as number, how))
      }
    }
  }
}

function matchOf(field: string, index: number | null, start: number, end: number, { kind, part }: WordMatch): Match {
  const at = part && { part: { start: start + part.start, end: start + part.end } }
  return { field, ...(index !== null && { index }), start, end, kind, ...at }
}

/** What of a title or text is shown; offsets are those of all of it. */
class Excerpt implements ArticleText {
  readonly length: number
  readonly fragment: Fragment
  readonly #text: string

  constructor(text: ArticleText, fragment: Fragment) {
    this.length = text.length
    this.fragment = fragment
    this.#text = text.slice(fragment.start, fragment.stop)
  }

  slice(start: number, end: number): string {
    return this.#text.slice(start - this.fragment.start, end - this.fragment.start)
  }
}

function snippetHtml(
  text: ArticleText,
  field: LocatedField,
  excerpts: readonly Excerpt[],
  request: SearchRequest,
): string {
  const marker = escapeHtml(request.cropMarker)
  const { start } = (excerpts[0] as Excerpt).fragment
  const { stop } = (excerpts.at(-1) as Excerpt).fragment
  const before = isBlankBefore(text, field, start) ? '' : marker
  const after = isBlankAfter(text, field, stop) ? '' : marker
  return before + excerpts.map((excerpt) => highlighted(excerpt, field, request)).join(marker) + after
}

const highlighted = (excerpt: Excerpt, field: LocatedField, { highlight: tags }: SearchRequest): string =>
  highlight(excerpt, excerpt.fragment.start, excerpt.fragment.stop, rangesOf(field, excerpt.fragment), tags)

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

/** Where the matches among the tokens of a fragment stand. */
function rangesOf(field: LocatedField, { first, end }: Fragment): (readonly [number, number])[] {
  const { matches } = field
  const ranges: (readonly [number, number])[] = []
  for (let i = firstFrom(matches, first); i < matches.length && (matches[i] as number) < end; i++) {
    const token = matches[i] as number
    ranges.push([field.startOf(token), field.endOf(token)])
  }
  return ranges
}

function sectionOf({ start, end, anchor }: Heading, text: ArticleText): Section {
  const words = text.slice(start, Math.min(end, start + SECTION_TITLE_MAX)).toWellFormed()
  return { title: words.replaceAll('\n', ' '), ...(anchor !== undefined && { anchor }) }
}

function fieldsOf(article: Article, wanted: readonly string[] | null, place: Place): Partial<Article> {
  const fields: Record<string, unknown> = {}
  for (const name of Object.keys(article) as (keyof Article)[]) {
    const isShown = wanted === null ? name !== 'text' : wanted.includes('*') || wanted.includes(name)
    if (isShown) fields[name] = name === 'url' ? addressOf(article.url, place) : article[name]
  }
  return fields
}

/** The address of an article, or of the place in it where it has a name. */
function addressOf(url: string | null, { page, section }: Place): string | null {
  if (url === null || url.includes('#')) return url
  // as browsers' PDF viewers take it
  if (page !== null) return `${url}#page=${page}`
  return section?.anchor === undefined ? url : `${url}#${encodeURIComponent(section.anchor)}`
}
