import type { Analyzer } from '../analysis/analyzer.ts'
import type { Word, WordPart } from '../analysis/word.ts'

/** One word of a query, with everything an engine needs to look it up. */
export interface QueryWord {
  /** As it was typed. */
  readonly surface: string
  /** Its parts are those that are looked up: each term once, no stop words while others remain. */
  readonly word: Word
  /** Further terms that stand for it as well, at the weight of a part. */
  readonly alternatives: readonly string[]
  /** How often the query has it. */
  readonly count: number
  /** Whether the lexicon knows it: then it is no slip. */
  readonly german: boolean
  /** Whether it is written like a noun; this tells something only where the query tells nouns apart. */
  readonly noun: boolean
}

export type MatchingStrategy = 'last' | 'all'

/** A word in its place in the query. */
export interface QueryToken extends QueryWord {
  /** What it is together with the words after it, the longest first: Jonglier Keulen. */
  readonly joins: readonly { readonly last: number; readonly joined: QueryWord }[]
}

/** A query, read: what an engine gets. */
export interface QueryPlan {
  /** In the order of the query. Stop words only where the query has nothing else. */
  readonly tokens: readonly QueryToken[]
  /** The terms of all its words in order, stop words included. */
  readonly sequence: readonly string[]
  /** Whether the query has words with capital letters and words without. */
  readonly tellsNouns: boolean
  /** Whether the query asked for anything at all; a plan without words is then a plan without hits. */
  readonly empty: boolean
  readonly matchingStrategy: MatchingStrategy
  readonly offset: number
  readonly limit: number
}

/** More distinct words than this are not looked up: a pasted page is searched by its first words. Parts count as words. */
export const QUERY_WORDS_MAX = 400
/** Of a word with more parts only the first are looked up. */
const PARTS_MAX = 16

/** Words of one compound that was typed apart. */
const JOINED_MAX = 4
/** Longer queries are texts: nobody wrote their compounds apart. */
const JOINED_QUERY_MAX = 40
const LETTERS = /^\p{L}{2,}$/u
const BLANK = /^\s+$/
const CAPITAL = /^\p{Lu}/u
/** Of a longer query the pairs of words at its end do not count. */
const SEQUENCE_MAX = 400

/** Reads what a person typed, without knowing the index. Never fails. */
export function planQuery(
  query: string,
  analyzer: Analyzer,
  page: { offset: number; limit: number; matchingStrategy: MatchingStrategy },
): QueryPlan {
  const { count, starts, ends, words } = analyzer.analyze(query)
  const surfaceOf = (first: number, last: number): string => query.slice(starts[first], ends[last])
  const telling = words.some((word) => !word.stop || word.aliases.some(({ kind }) => kind === 'completed'))
  const mayJoin = (token: number): boolean =>
    count <= JOINED_QUERY_MAX && words[token]?.stop === false && LETTERS.test(words[token]?.key ?? '')

  const joinsAt = (first: number): { last: number; joined: QueryWord }[] => {
    const joins: { last: number; joined: QueryWord }[] = []
    for (let last = first + 1; last < Math.min(count, first + JOINED_MAX) && mayJoin(first) && mayJoin(last); last++) {
      if (!BLANK.test(query.slice(ends[last - 1], starts[last]))) break
      const members = words.slice(first, last + 1)
      const whole = analyzer.word(members.map(({ key }) => key).join(''))
      joins.unshift({ last, joined: queryWord(surfaceOf(first, last), togetherAs(whole.term, members), true) })
    }
    return joins
  }

  const together = tokensTogether(words)
  const tokens: QueryToken[] = []
  const used = new Set<number>()
  // where tokens of this query begin: joins are told by the place of their last token
  const places: number[] = []
  for (let token = 0; token < count; token++) {
    if (used.has(token)) continue
    const word = words[token] as Word
    const group = groupOf(word, together)
    if (group !== null) {
      for (const member of group.members) used.add(member)
      const [first, last] = [Math.min(...group.members), Math.max(...group.members)]
      const members = group.members.map((member) => words[member] as Word).filter(({ stop }) => !stop)
      tokens.push({ ...queryWord(surfaceOf(first, last), togetherAs(group.term, members), true), joins: [] })
    } else {
      const [completed, ...others] = word.aliases.filter(({ kind }) => kind === 'completed').map(({ term }) => term)
      if (completed !== undefined) {
        const whole = { ...word, key: completed, term: completed, stop: false, parts: [] }
        tokens.push({ ...queryWord(surfaceOf(token, token), whole, true, others), joins: [] })
      } else if (word.stop && telling) continue
      else {
        const surface = surfaceOf(token, token)
        tokens.push({ ...queryWord(surface, word, analyzer.knows(surface)), joins: joinsAt(token) })
      }
    }
    places.push(token)
  }
  const placed = tokens.map((token) => ({
    ...token,
    joins: token.joins.flatMap(({ last, joined }) => {
      const at = places.indexOf(last)
      return at < 0 ? [] : [{ last: at, joined }]
    }),
  }))
  const isCapital = Array.from(starts, (start) => CAPITAL.test(query.slice(start, start + 2)))
  return {
    tokens: placed,
    sequence: words.slice(0, SEQUENCE_MAX).map(({ term }) => term),
    // the first word of a sentence is always capital
    tellsNouns: isCapital.includes(false) && isCapital.indexOf(true, 1) > 0,
    empty: query.trim() === '',
    ...page,
  }
}

/**
 * The distinct words of a plan. What was typed apart is one word where articles have it as one.
 * @param isWord whether some article has a word with this term, written together
 */
export function wordsOf(plan: QueryPlan, isWord: (term: string) => boolean): QueryWord[] {
  const words = new Map<string, QueryWord>()
  let lookedUp = 0
  for (let token = 0; token < plan.tokens.length; token++) {
    const one = plan.tokens[token] as QueryToken
    const join = one.joins.find(({ joined }) => isWord(joined.word.term))
    const { surface, word, alternatives, noun, german } = join?.joined ?? one
    token = join?.last ?? token
    const known = words.get(word.term)
    if (known !== undefined) words.set(word.term, { ...known, count: known.count + 1, noun: known.noun || noun })
    else if (lookedUp < QUERY_WORDS_MAX) {
      words.set(word.term, { surface, word, alternatives, count: 1, noun, german })
      lookedUp += 1 + word.parts.length + alternatives.length
    }
  }
  return [...words.values()]
}

function queryWord(surface: string, word: Word, german: boolean, alternatives?: readonly string[]): QueryWord {
  const others = alternatives ?? word.aliases.filter(({ kind }) => kind === 'relative').map(({ term }) => term)
  return {
    surface,
    word: { ...word, parts: partsLookedUp(word.parts) },
    alternatives: others,
    count: 1,
    noun: CAPITAL.test(surface),
    german,
  }
}

/** Several words of a query as one; as if a hyphen stood between them. */
function togetherAs(term: string, members: readonly Word[]): Word {
  const parts = members.flatMap((word) =>
    word.parts.length > 0 ? word.parts : [{ start: 0, end: 0, term: word.term }],
  )
  return {
    ...(members[0] as Word),
    key: members.map(({ key }) => key).join('-'),
    term,
    stop: false,
    parts,
    aliases: [],
  }
}

/** The tokens that are a number, date, unit or verb together, by the term they have then. */
function tokensTogether(words: readonly Word[]): ReadonlyMap<string, readonly number[]> {
  const together = new Map<string, number[]>()
  for (const [token, { aliases }] of words.entries()) {
    for (const { kind, term } of aliases) {
      if (kind !== 'number' && kind !== 'verb') continue
      const members = together.get(term)
      if (members === undefined) together.set(term, [token])
      else members.push(token)
    }
  }
  return together
}

/** The largest group that a word is of. */
function groupOf(
  { aliases }: Word,
  together: ReadonlyMap<string, readonly number[]>,
): { readonly term: string; readonly members: readonly number[] } | null {
  const groups = aliases.flatMap(({ term }) => {
    const members = together.get(term)
    return members === undefined ? [] : [{ term, members }]
  })
  return groups.sort((a, b) => b.members.length - a.members.length)[0] ?? null
}

function partsLookedUp(parts: readonly WordPart[]): readonly WordPart[] {
  const telling = parts.some(({ stop }) => stop !== true)
  const terms = new Set<string>()
  const kept = parts.filter((part) => {
    if ((telling && part.stop === true) || terms.has(part.term)) return false
    terms.add(part.term)
    return true
  })
  return kept.slice(0, PARTS_MAX)
}
