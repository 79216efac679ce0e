import type { Analyzer } from '../../analysis/analyzer.ts'
import { extrasOf } from '../../article/extras.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import type { MatchKind } from '../match/match-kind.ts'
import { Matcher, matchWords } from '../match/word-matcher.ts'
import type { ExpandedWord } from '../query/resolved-query.ts'
import type { SearchHit } from '../rank/search-result.ts'

/** How a hit has a word of the query. */
export interface MatchedWord {
  readonly kind: MatchKind
  /** As the article writes it. */
  readonly matched: string
  /** It is a part of the query's word that matches; the query's word is no part of it. */
  readonly isScattered: boolean
}

/** How a surface form matches one word of the query. */
type SurfaceMatch = MatchedWord & { readonly word: number }

/** The best match first. */
const KINDS: readonly MatchKind[] = [
  'phrase',
  'exact',
  'folded',
  'joined',
  'number',
  'inflected',
  'synonym',
  'prefix',
  'part',
  'typo',
  'similar',
]

/** So many places of a hit are looked at. */
const PLACES_MAX = 500

/** Finds how hits have the words of one query. What a spelling means to the query is worked out once, whichever hits have it. */
export class MatchedWords {
  readonly #words: readonly ExpandedWord[]
  readonly #analyzer: Analyzer
  readonly #budget: WorkBudget
  readonly #matcher: Matcher
  /** By surface form how it matches words of the query, ascending by word. */
  readonly #known = new Map<string, readonly SurfaceMatch[]>()

  constructor(words: readonly ExpandedWord[], analyzer: Analyzer, budget: WorkBudget) {
    this.#words = words
    this.#analyzer = analyzer
    this.#budget = budget
    this.#matcher = new Matcher(words)
  }

  /** For each word the best way it matches in the hit. */
  in(hit: SearchHit): (MatchedWord | null)[] {
    const found: (MatchedWord | null)[] = this.#words.map(() => null)
    const enter = (word: number, match: MatchedWord): void => {
      const before = found[word]
      if (before === undefined) return
      if (before === null || KINDS.indexOf(match.kind) < KINDS.indexOf(before.kind)) found[word] = match
    }
    const surfaces = new Set<string>()
    let places = 0
    for (const [text, field] of [
      [hit.article.title, hit.title],
      [hit.article.text, hit.text],
    ] as const) {
      for (let i = 0; i < field.matches.length && places < PLACES_MAX; i++) {
        places += 1
        const surface = surfaceAt(text, field, i)
        surfaces.add(surface)
        const word = field.matchedWords[i] as number
        const together = field.matchedKinds[i]
        if (together) enter(word, { kind: together, matched: togetherAt(text, field, i), isScattered: false })
        else for (const match of this.#matchesOf(surface)) if (match.word === word) enter(word, match)
      }
    }
    for (const { value } of extrasOf(hit.article)) {
      if (places >= PLACES_MAX) break
      const { starts, ends, count } = this.#analyzer.analyze(value)
      this.#budget.spend(COST.valueToken * count)
      for (let i = 0; i < count && places < PLACES_MAX; i++) {
        places += 1
        surfaces.add(value.slice(starts[i], ends[i]))
      }
    }
    this.#budget.spend(COST.match * places)
    // what is marked for one word may be another too
    const isOpen = found.map((match) => match === null)
    for (const surface of surfaces)
      for (const match of this.#matchesOf(surface)) if (isOpen[match.word]) enter(match.word, match)
    return found
  }

  #matchesOf(surface: string): readonly SurfaceMatch[] {
    let matches = this.#known.get(surface)
    if (matches === undefined) {
      const one = this.#analyzer.word(surface)
      matches = this.#matcher.wordsLike(one).flatMap((word) => {
        const wanted = this.#words[word] as ExpandedWord
        const match = matchWords(one, wanted)
        if (match === null) return []
        const isScattered =
          match.kind === 'part' &&
          ![one, ...one.parts, ...one.subCompounds].some(({ term }) => term === wanted.word.term)
        return [{ word, kind: match.kind, matched: surface, isScattered }]
      })
      this.#known.set(surface, matches)
      this.#budget.spend(COST.valueToken)
    }
    return matches
  }
}

const surfaceAt = (text: string, field: LocatedField, match: number): string => {
  const token = field.matches[match] as number
  return text.slice(field.startOf(token), field.endOf(token))
}

/** Of a longer run only so many tokens on either side are shown. */
const TOGETHER_MAX = 100

/** The tokens in a row that match together. */
function togetherAt(text: string, field: LocatedField, match: number): string {
  const kind = field.matchedKinds[match]
  const isSame = (at: number, token: number): boolean => field.matches[at] === token && field.matchedKinds[at] === kind
  let [first, last] = [match, match]
  while (match - first < TOGETHER_MAX && isSame(first - 1, (field.matches[first] as number) - 1)) first -= 1
  while (last - match < TOGETHER_MAX && isSame(last + 1, (field.matches[last] as number) + 1)) last += 1
  return text.slice(field.startOf(field.matches[first] as number), field.endOf(field.matches[last] as number))
}
