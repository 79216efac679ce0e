import type { ArticleText } from '../../article/article-text.ts'
import type { Stretch } from '../../article/structure.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { Evidence, LocatedField } from '../match/locate.ts'
import { firstFrom } from './first-from.ts'
import { openingOf, type Snippet, snippetOf } from './snippet.ts'
import type { SnippetQuery } from './snippet-query.ts'
import type { Fragment } from './snippet-room.ts'

/** What parts blocks, in characters: an empty line. */
const GAP = 2

/** What stands between two stretches that are not to be shown, and the tokens in it. */
interface Part extends Stretch {
  readonly first: number
  /** The token after its last. */
  readonly after: number
}

/**
 * What of a text to show where some of it is to be found only: the snippet of that part between two such stretches that tells most about the
 * query. Matches elsewhere are not marked, for they are not to be seen. Nothing where no part has words.
 * @param hidden ascending and disjoint, each of whole blocks
 */
export function snippetOutside(
  hidden: readonly Stretch[],
  text: ArticleText,
  field: LocatedField,
  query: SnippetQuery,
  cropLength: number,
  budget: WorkBudget,
): Snippet {
  if (hidden.length === 0) return snippetOf(text, field, query, cropLength, budget)
  const parts = partsBetween(hidden, text.length, field)
  // where nothing of it was read any words may be in it
  const shown = field.count === 0 ? parts : parts.filter(({ first, after }) => first < after)
  const best = bestOf(shown, field.evidence, query.weights)
  if (best === undefined) return openingOf(text, 0, 0, cropLength)
  const { start, end, first, after } = best
  if (field.count === 0) return openingOf(text, start, end, cropLength)
  const part = snippetOf(new PartText(text, best), new PartField(field, first, after), query, cropLength, budget)
  const placed = (fragment: Fragment): Fragment => ({
    first: fragment.first + first,
    end: fragment.end + first,
    start: Math.max(fragment.start, start),
    stop: Math.min(fragment.stop, end),
  })
  return { fragments: part.fragments.map(placed), best: placed(part.best) }
}

function partsBetween(hidden: readonly Stretch[], length: number, field: LocatedField): Part[] {
  const parts: Part[] = []
  let start = 0
  for (const stretch of [...hidden, { start: length + GAP, end: length + GAP }]) {
    const end = stretch.start - GAP
    if (end > start) parts.push({ start, end, first: tokenFrom(field, start), after: tokenFrom(field, end) })
    start = stretch.end + GAP
  }
  return parts
}

/** The first token that begins at a place or behind it. */
function tokenFrom(field: LocatedField, place: number): number {
  let [low, high] = [0, field.count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (field.startOf(middle) < place) low = middle + 1
    else high = middle
  }
  return low
}

/** The part whose words tell most, each word of the query counted once, by its best match; the first of several. */
function bestOf(
  parts: readonly Part[],
  { tokens, words, strengths }: Evidence,
  weights: readonly number[],
): Part | undefined {
  let best = parts[0]
  let most = 0
  for (const part of parts) {
    const found = new Map<number, number>()
    const stop = firstFrom(tokens, part.after)
    for (let i = firstFrom(tokens, part.first); i < stop; i++) {
      const word = words[i] as number
      found.set(word, Math.max(found.get(word) ?? 0, strengths[i] as number))
    }
    const told = [...found].reduce((sum, [word, strength]) => sum + strength * (weights[word] ?? 0), 0)
    if (told <= most) continue
    most = told
    best = part
  }
  return best
}

/** A part of a text at the places it has in all of it; there are blanks before it, and nothing behind. */
class PartText implements ArticleText {
  readonly length: number
  readonly #start: number
  readonly #text: ArticleText

  constructor(text: ArticleText, { start, end }: Stretch) {
    this.length = end
    this.#start = start
    this.#text = text
  }

  slice(start: number, end: number): string {
    const stop = Math.min(end, this.length)
    const before = Math.max(0, Math.min(stop, this.#start) - start)
    return ' '.repeat(before) + this.#text.slice(Math.max(start, this.#start), Math.max(stop, this.#start))
  }
}

/** Some of the tokens of a field, numbered from their own first, and what matches among them. */
class PartField implements LocatedField {
  readonly count: number
  readonly matches: readonly number[]
  readonly matchedWords: LocatedField['matchedWords']
  readonly matchedKinds: LocatedField['matchedKinds']
  readonly evidence: Evidence
  readonly #field: LocatedField
  readonly #first: number

  constructor(field: LocatedField, first: number, after: number) {
    this.#field = field
    this.#first = first
    this.count = after - first
    const { matches, matchedWords, matchedKinds, evidence } = field
    const [from, to] = [firstFrom(matches, first), firstFrom(matches, after)]
    this.matches = matches.slice(from, to).map((token) => token - first)
    this.matchedWords = matchedWords.slice(from, to)
    this.matchedKinds = matchedKinds.slice(from, to)
    const [begin, stop] = [firstFrom(evidence.tokens, first), firstFrom(evidence.tokens, after)]
    this.evidence = {
      tokens: evidence.tokens.slice(begin, stop).map((token) => token - first),
      words: evidence.words.slice(begin, stop),
      strengths: evidence.strengths.slice(begin, stop),
      sentences: evidence.sentences.slice(begin, stop),
    }
  }

  startOf(token: number): number {
    return this.#field.startOf(token + this.#first)
  }

  endOf(token: number): number {
    return this.#field.endOf(token + this.#first)
  }

  beginsSentence(token: number): boolean {
    return token === 0 || this.#field.beginsSentence(token + this.#first)
  }
}
