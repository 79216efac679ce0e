import { domainToUnicode } from 'node:url'
import { withoutIgnorable } from '../../analysis/tokenizer/characters.ts'
import type { Article } from '../../article/article.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import type { MatchKind } from '../match/match-kind.ts'
import type { SearchHit } from '../rank/search-result.ts'
import { snippetOf } from './snippet.ts'
import type { SnippetQuery } from './snippet-query.ts'

/** UTF-16 offsets of something to mark, in one field. */
export type MarkedRange = readonly [start: number, end: number]

/** Where in an article a query was found: what its hit was highlighted for, in the whole text. */
export interface ArticleMarks {
  readonly title: readonly MarkedRange[]
  readonly text: readonly MarkedRange[]
}

/** What to mark on an article's own page, which is not what is stored: words instead of places. */
export interface PageMarks {
  /** The article whose page it is; null where no article has the address. */
  readonly id: string | null
  /** Words, and phrases of several, as articles spell them; no two are the same. */
  readonly words: readonly string[]
  /** The place that tells most, as the article has it; null where nothing was found. */
  readonly best: string | null
}

export const NO_MARKS: ArticleMarks = { title: [], text: [] }

/** So many words are told: of a beginning there may be very many. */
const WORDS_MAX = 200
/** Words of the place that tells most. */
const BEST_WORDS = 12

/** Of an article that has more nobody looks at them all. */
const MARKS_MAX = 20_000

/** Where what a query found stands in an article. */
export function marksOf({ article, title, text }: SearchHit, budget: WorkBudget): ArticleMarks {
  const marks = { title: rangesOf(article.title, title), text: rangesOf(article.text, text) }
  if (text.matches.length > MARKS_MAX && marks.text.length >= MARKS_MAX) budget.cut('matches')
  return marks
}

/** Of several hits the words that they were found by. */
export function markedWords(hits: readonly SearchHit[], budget: WorkBudget): string[] {
  const words = new Set<string>()
  for (const hit of hits) {
    const { title, text } = marksOf(hit, budget)
    for (const [value, ranges] of [
      [hit.article.title, title],
      [hit.article.text, text],
    ] as const) {
      for (const [start, end] of ranges) {
        if (words.size === WORDS_MAX) return [...words]
        if (budget.isSpent()) {
          budget.cut('matches')
          return [...words]
        }
        budget.spend(COST.value)
        words.add(withoutIgnorable(value.slice(start, end)).replace(/\s+/g, ' '))
      }
    }
  }
  return [...words]
}

/** The place of an article that tells most about a query, the same that its snippet shows; null where there is none. */
export function bestPlace({ article, text }: SearchHit, query: SnippetQuery, budget: WorkBudget): string | null {
  if (text.matches.length === 0) return null
  const { start, stop } = snippetOf(article.text, text, query, BEST_WORDS, budget, 1).best
  return article.text.slice(start, stop)
}

/** Kinds of words that match each by itself, however many stand side by side. */
const BY_THEMSELVES: ReadonlySet<MatchKind> = new Set(['prefix', 'typo', 'similar'])

/** Tokens that match only together with their neighbours are one range. */
function rangesOf(value: string, field: LocatedField): MarkedRange[] {
  const { matches, matchedKinds } = field
  const ranges: [number, number][] = []
  for (let i = 0; i < matches.length; i++) {
    const token = matches[i] as number
    const [start, end] = [field.startOf(token), field.endOf(token)]
    const kind = matchedKinds[i]
    const last = ranges.at(-1)
    const isTogether = kind != null && !BY_THEMSELVES.has(kind) && kind === matchedKinds[i - 1]
    const goesOn = isTogether && matches[i - 1] === token - 1
    // never over the end of a line: on a page these are two places
    if (goesOn && last !== undefined && !value.slice(last[1], start).includes('\n')) last[1] = end
    else if (ranges.length === MARKS_MAX) break
    else ranges.push([start, end])
  }
  return ranges
}

/**
 * The addresses an article's page may be stored under, the likeliest first: without what is behind `#`, with and without the words to
 * mark, a slash or `index.html` at the end, `www.` in front, encrypted or not, with the site's name or without.
 */
export function addressesOf(address: string): string[] {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return [address]
  }
  url.hash = ''
  // as text: what else is there stays as it is written
  url.search = url.search.replace(/([?&])mark=[^&]*&?/, '$1').replace(/[?&]$/, '')
  const plain = new URL(url)
  plain.search = ''
  const variants = new Set([url.href, plain.href])
  const paths = (path: string): string[] => {
    const bare = withoutSlashes(path.replace(/\/index\.html?$/, '/'))
    return [path, `${bare}/`, bare, `${bare}/index.html`, `${bare}.html`, bare.replace(/\.html?$/, '')]
  }
  for (const one of [url, plain]) {
    for (const path of paths(one.pathname)) {
      // an article may know its place on the site alone
      variants.add(path + one.search)
      for (const host of [one.host, one.host.startsWith('www.') ? one.host.slice(4) : `www.${one.host}`])
        for (const scheme of [one.protocol, one.protocol === 'https:' ? 'http:' : 'https:'])
          variants.add(`${scheme}//${host}${path}${one.search}`)
    }
  }
  // as people write it, too: an article's address may have umlauts where a browser escapes them
  return [...new Set([address, ...variants].flatMap((one) => [one, unescaped(one)]))]
}

/** Not a regular expression: at each slash of a long run it would go to the end of the run. */
function withoutSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}

/** With umlauts instead of escapes, in the host too. */
function unescaped(address: string): string {
  const host = URL.canParse(address) ? new URL(address).hostname : ''
  const text = host === '' ? address : address.replace(host, domainToUnicode(host))
  try {
    return decodeURI(text)
  } catch {
    // an escape that is none stays
    return text
  }
}

/** An article with what a query found in it. */
export interface MarkedArticle {
  readonly article: Article
  readonly marks: ArticleMarks
}
