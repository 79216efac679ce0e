import type { Analyzer } from '../../analysis/analyzer.ts'
import { hasOwnSigns } from '../../analysis/word/capitals.ts'
import type { Word, WordPart } from '../../analysis/word/word.ts'
import { type Phrase, phraseWord } from './phrase.ts'
import { groupOf, togetherAs, tokensTogether } from './token-groups.ts'

/** One word of a query, with everything an engine needs to look it up. */
export interface QueryWord {
  /** As it was typed. */
  readonly surface: string
  /** Its parts are those that are looked up: each term once, no stop words while others remain. */
  readonly word: Word
  /** Further terms that stand for it as well, at the weight of a part. */
  readonly alternatives: readonly string[]
  /** Terms that it may have been meant to be, below the word as it stands: of ISS that of iss, and the other way round. */
  readonly readings: readonly string[]
  /** The words that it was typed as, where it is what they are together; else null. */
  readonly apart: Phrase | null
  /** How often the query has it. */
  readonly count: number
  /** Whether it is certainly a word, by the lexicon or by how it was asked for: then it is not taken for a typo. */
  readonly isKnownWord: boolean
  /** Whether nothing else is like it: a number, or a name with signs of its own (C#). */
  readonly isAsItStands: boolean
  /** Whether it is written like a noun; this tells something only where the query tells nouns apart. */
  readonly noun: boolean
  readonly prefix: Prefix
  /** What the site owner says means the same: other words, and names of several. */
  readonly synonyms: readonly Phrase[]
  /** Terms of words that a thesaurus says mean about the same. */
  readonly related: readonly string[]
  /** Whether an operator decides who has it: then it does not count among the words that hits should have. */
  readonly isConstrained: boolean
  /** The phrase it is wanted in: elsewhere it is not marked. Null where it is also wanted by itself. */
  readonly phrase: Phrase | null
}

/**
 * Why a word may be the beginning of one: it stands at the end of the query (`last`); somebody is just typing it (`typing`), so that it
 * is rather no slip; or it was marked so, as Verfass* is (`asked`). Null where it may not.
 */
export type Prefix = 'last' | 'typing' | 'asked' | null

/** A word in its place in the query. */
export interface QueryToken extends QueryWord {
  /** What it is together with the words after it, the longest first: Jonglier Keulen. */
  readonly compoundReadings: readonly { readonly last: number; readonly compound: QueryWord }[]
}

/** Of a word with more parts only the first are looked up. */
const PARTS_MAX = 16

/** Words of one compound that was typed apart. */
const JOINED_MAX = 4
/** Longer queries are texts: nobody wrote their compounds apart. */
const JOINED_QUERY_MAX = 40
const LETTERS = /^\p{L}{2,}$/u
const BLANK = /^\s+$/
const CAPITAL = /^\p{Lu}/u
const NO_PARTS: readonly WordPart[] = []

const NO_READINGS: readonly string[] = []

/** What a site owner changes about the words of queries. */
export interface QueryRuleWords {
  isStop(word: Word): boolean
  /** Terms of words that a thesaurus says mean about the same. */
  relatedTo(word: Word): readonly string[]
  /** What means the same as words that stand at a place of a query, and how many of them. */
  synonymsAt(
    words: readonly Word[],
    position: number,
  ): readonly { readonly length: number; readonly others: readonly Phrase[] }[]
}

export const NO_OWN_WORDS: QueryRuleWords = { isStop: () => false, relatedTo: () => [], synonymsAt: () => [] }

/** A stretch of plain words, read. */
export interface ReadWords {
  readonly tokens: readonly QueryToken[]
  /** The terms of all words in order, stop words included. */
  readonly sequence: readonly string[]
  /** Stop words that are not looked up, as they were typed. */
  readonly droppedStopWords: readonly string[]
  /** For each word whether it begins with a capital letter. */
  readonly capitals: readonly boolean[]
}

export interface WordsOptions {
  /** Whether other words of the query tell so much that stop words are left out here. */
  readonly othersHaveContent: boolean
  /** Whether the last word may be the beginning of one, and why. */
  readonly lastPrefix: Prefix
  /** With so many letters at least; one letter is the beginning of very many words. */
  readonly prefixLengthMin: number
  readonly own: QueryRuleWords
}

/** Reads plain words, without knowing the index. Never fails. */
export function readWords(
  text: string,
  analyzer: Analyzer,
  { othersHaveContent, lastPrefix, prefixLengthMin, own }: WordsOptions,
): ReadWords {
  const { count, starts, ends, words: found } = analyzer.analyze(text)
  const words = found.map((word) => (!word.stop && own.isStop(word) ? { ...word, stop: true } : word))
  const surfaceOf = (first: number, last: number): string => text.slice(starts[first], ends[last])
  const hasContentWord = othersHaveContent || words.some(isContentWord)
  const mayJoin = (token: number): boolean =>
    count <= JOINED_QUERY_MAX && words[token]?.stop === false && LETTERS.test(words[token]?.key ?? '')

  const compoundsAt = (first: number): { last: number; compound: QueryWord }[] => {
    const compoundReadings: { last: number; compound: QueryWord }[] = []
    for (let last = first + 1; last < Math.min(count, first + JOINED_MAX) && mayJoin(first) && mayJoin(last); last++) {
      if (!BLANK.test(text.slice(ends[last - 1], starts[last]))) break
      const members = words.slice(first, last + 1)
      const whole = analyzer.word(members.map(({ key }) => key).join(''))
      const apart = members.map((member) => phraseWord(member, analyzer))
      const compound = queryToken(surfaceOf(first, last), togetherAs(whole.term, members), true, { apart })
      compoundReadings.unshift({ last, compound })
    }
    return compoundReadings
  }

  const synonyms = synonymsOf(words, own)
  const together = tokensTogether(words)
  const tokens: QueryToken[] = []
  const droppedStopWords: string[] = []
  const used = new Set<number>()
  // where tokens of this query begin: compound readings are known by the place of their last token
  const tokenStarts: number[] = []
  for (let token = 0; token < count; token++) {
    if (used.has(token)) continue
    const word = words[token] as Word
    const group = groupOf(word, together)
    if (group !== null) {
      for (const member of group.members) used.add(member)
      const [first, last] = [Math.min(...group.members), Math.max(...group.members)]
      const members = group.members.map((member) => words[member] as Word).filter(({ stop }) => !stop)
      tokens.push(queryToken(surfaceOf(first, last), togetherAs(group.term, members), true))
    } else {
      const [completed, ...others] = word.aliases.filter(({ kind }) => kind === 'completed').map(({ term }) => term)
      const surface = surfaceOf(token, token)
      if (completed !== undefined) {
        const whole = { ...word, key: completed, term: completed, stop: false, parts: [] }
        tokens.push(queryToken(surface, whole, true, { alternatives: others }))
      } else if (word.stop && hasContentWord) {
        droppedStopWords.push(surface)
        continue
      } else {
        const isLast = token === count - 1 && ends[token] === text.length
        const mayBegin = isLast && !isAsItStands(word) && word.key.length >= prefixLengthMin
        const other = analyzer.otherCase(word)
        tokens.push(
          queryToken(surface, word, analyzer.knows(surface), {
            prefix: mayBegin ? lastPrefix : null,
            readings: other === null ? NO_READINGS : [other],
            synonyms: synonyms.get(token) ?? [],
            related: own.relatedTo(word),
            compoundReadings: compoundsAt(token),
          }),
        )
      }
    }
    tokenStarts.push(token)
  }
  const placed = tokens.map((token) => {
    if (token.compoundReadings.length === 0) return token
    const compoundReadings = token.compoundReadings.flatMap(({ last, compound }) => {
      const at = tokenStarts.indexOf(last)
      return at < 0 ? [] : [{ last: at, compound }]
    })
    return { ...token, compoundReadings }
  })
  const capitals = Array.from(starts, (start) => CAPITAL.test(text.slice(start, start + 2)))
  return { tokens: placed, sequence: words.map(({ term }) => term), droppedStopWords, capitals }
}

/** One word as if it were typed alone. */
export function readWord(word: string, analyzer: Analyzer): QueryToken {
  return queryToken(word, analyzer.word(word), true)
}

/** The beginning of a word that was marked as one: Verfass*. */
export function readPrefix(text: string, analyzer: Analyzer): QueryToken[] {
  const { words, starts, ends, count } = analyzer.analyze(text)
  return words.map((word, token) => {
    const surface = text.slice(starts[token], ends[token])
    return queryToken(surface, word, true, { prefix: token === count - 1 ? 'asked' : null })
  })
}

/** Whether some word of a text says more than stop words do. */
export function isContentText(text: string, analyzer: Analyzer, own: QueryRuleWords): boolean {
  return analyzer.analyze(text).words.some((word) => isContentWord(word) && !own.isStop(word))
}

const isContentWord = (word: Word): boolean => !word.stop || word.aliases.some(({ kind }) => kind === 'completed')

/** By word what means the same as it, or as several words that it is one of. */
function synonymsOf(words: readonly Word[], own: QueryRuleWords): ReadonlyMap<number, readonly Phrase[]> {
  const found = new Map<number, readonly Phrase[]>()
  for (let position = 0; position < words.length; position++) {
    for (const { length, others } of own.synonymsAt(words, position)) {
      for (let word = position; word < position + length; word++)
        found.set(word, [...(found.get(word) ?? []), ...others])
    }
  }
  return found
}

/** Beside what a word itself tells. */
type Also = Partial<
  Pick<QueryToken, 'alternatives' | 'prefix' | 'readings' | 'synonyms' | 'related' | 'apart' | 'compoundReadings'>
>

/** In one go: a copy with some of it changed takes longer than all else that is done with a word here. */
function queryToken(surface: string, word: Word, isKnownWord: boolean, also: Also = {}): QueryToken {
  const { alternatives, readings = NO_READINGS, apart = null, prefix = null, synonyms = [], related = [] } = also
  const { compoundReadings = [] } = also
  return {
    surface,
    word: word.parts.length === 0 ? word : { ...word, parts: partsOf(word) },
    alternatives: alternatives ?? lemmasOf(word),
    readings,
    apart,
    count: 1,
    noun: CAPITAL.test(surface),
    isKnownWord,
    isAsItStands: isAsItStands(word),
    prefix,
    synonyms,
    related,
    isConstrained: false,
    phrase: null,
    compoundReadings,
  }
}

const isAsItStands = (word: Word): boolean => word.numeric || hasOwnSigns(word.key)

/** C# is no C. */
const partsOf = ({ key, parts }: Word): readonly WordPart[] =>
  parts.length === 1 && hasOwnSigns(key) ? NO_PARTS : partsLookedUp(parts)

const lemmasOf = ({ aliases }: Word): readonly string[] =>
  aliases.length === 0 ? NO_READINGS : aliases.filter(({ kind }) => kind === 'verbLemma').map(({ term }) => term)

function partsLookedUp(parts: readonly WordPart[]): readonly WordPart[] {
  const hasContentWord = parts.some(({ stop }) => stop !== true)
  const terms = new Set<string>()
  const kept = parts.filter((part) => {
    if ((hasContentWord && part.stop === true) || terms.has(part.term)) return false
    terms.add(part.term)
    return true
  })
  return kept.slice(0, PARTS_MAX)
}
