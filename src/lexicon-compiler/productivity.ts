import { LINKS, NEVER_FIRST, NEVER_LAST } from '../analysis/german/compound-rules.ts'
import { Lexicon, WORD_LENGTH_MAX } from '../analysis/lexicon/lexicon.ts'

/** How a word is used in the list: as a noun, otherwise, or both. */
export const NOUN = 1
export const OTHER = 2

/** How many words of the list each string begins or ends as a part of a compound. */
export interface Productivity {
  readonly heads: ReadonlyMap<string, number>
  readonly tails: ReadonlyMap<string, number>
}

const PART_MIN = 3
const WORD_MIN = 2 * PART_MIN
/** A last part that is no noun in a noun must be as long as this. */
const OTHER_KIND_MIN = 6
/** A split whose parts are hardly ever parts elsewhere is an accident. */
const SUPPORT_MIN = 4
const PASSES = 2

/**
 * Counts, for a list of words, how productive its words are as first and last parts of compounds: each word is split in two at
 * every place where both sides are words, then, twice, only where the sides are most productive together (expectation and
 * maximisation, as Morfessor does). No corpus is needed: what many words begin with is a first part.
 */
export function productivityOf(kinds: ReadonlyMap<string, number>): Productivity {
  const heads = new Names()
  const tails = new Names()
  const candidates: Int32Array[] = []
  const isFirst = memoised((left: string) => canBeFirst(left, kinds))
  // asked for every stretch of every word: by hashes, without a string for each
  const table = Lexicon.of(kinds)
  for (const [word, kind] of kinds) {
    if (word.length < WORD_MIN || word.length > WORD_LENGTH_MAX) continue
    table.read(word)
    const found: number[] = []
    for (let at = PART_MIN; at <= word.length - PART_MIN; at++) {
      // a compound is what its last part is: nouns end with nouns, but for those the list has only as verbs (Berichte)
      const use = table.valueOf(at, word.length)
      if (use === 0 || ((use & kind) === 0 && word.length - at < OTHER_KIND_MIN)) continue
      const right = word.slice(at)
      if (NEVER_LAST.has(right)) continue
      const left = word.slice(0, at)
      if (isFirst(left)) found.push(heads.number(left), tails.number(right))
    }
    if (found.length > 0) candidates.push(Int32Array.from(found))
  }
  let counts = countAll(candidates, heads.size, tails.size)
  for (let pass = 0; pass < PASSES; pass++) counts = countBest(candidates, counts)
  return { heads: heads.named(counts.heads), tails: tails.named(counts.tails) }
}

function canBeFirst(left: string, kinds: ReadonlyMap<string, number>): boolean {
  if (NEVER_FIRST.has(left)) return false
  // Schule loses its e in Schulhof, schreiben its en in Schreibtisch
  if (kinds.has(left) || kinds.has(`${left}e`) || kinds.has(`${left}en`)) return true
  return LINKS.some((link) => {
    const stem = left.slice(0, -link.length)
    return (
      left.endsWith(link) && stem.length >= PART_MIN && !NEVER_FIRST.has(stem) && ((kinds.get(stem) ?? 0) & NOUN) !== 0
    )
  })
}

interface Counts {
  readonly heads: Float64Array
  readonly tails: Float64Array
}

function countAll(candidates: readonly Int32Array[], headCount: number, tailCount: number): Counts {
  const counts = { heads: new Float64Array(headCount), tails: new Float64Array(tailCount) }
  for (const pairs of candidates) for (let i = 0; i < pairs.length; i += 2) count(counts, pairs, i)
  return counts
}

function countBest(candidates: readonly Int32Array[], before: Counts): Counts {
  const counts = { heads: new Float64Array(before.heads.length), tails: new Float64Array(before.tails.length) }
  for (const pairs of candidates) {
    let best = -1
    let bestSupport = SUPPORT_MIN - 1
    for (let i = 0; i < pairs.length; i += 2) {
      const support = (before.heads[pairs[i] as number] as number) * (before.tails[pairs[i + 1] as number] as number)
      if (support > bestSupport) {
        best = i
        bestSupport = support
      }
    }
    if (best >= 0) count(counts, pairs, best)
  }
  return counts
}

function count({ heads, tails }: Counts, pairs: Int32Array, at: number): void {
  const [head, tail] = [pairs[at] as number, pairs[at + 1] as number]
  heads[head] = (heads[head] as number) + 1
  tails[tail] = (tails[tail] as number) + 1
}

/** Numbers for names, 0, 1, 2 … */
class Names {
  readonly #numbers = new Map<string, number>()

  get size(): number {
    return this.#numbers.size
  }

  number(name: string): number {
    let number = this.#numbers.get(name)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(name, number)
    }
    return number
  }

  named(counts: Float64Array): Map<string, number> {
    return new Map(
      [...this.#numbers].map(([name, number]) => [name, counts[number] as number] as const).filter(([, n]) => n > 0),
    )
  }
}

function memoised<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = work(key)
      known.set(key, value)
    }
    return value
  }
}
