import { ABBREVIATION } from '../word/traits.ts'
import type { Word } from '../word/word.ts'
import type { WordAnalyzer } from '../word/word-analyzer.ts'

const CAPITALS = /^\p{Lu}{2,}$/u
/** Longer words beside one are not looked at. */
const BESIDE_MAX = 40

/**
 * Whether a word in capitals stands beside another that small letters would not make a stranger: then all of it is written so, and it is
 * no abbreviation. DIE LINKE, but OB Wahl, ISS und NASA.
 */
export function isShouted(
  text: string,
  { starts, ends, words }: { starts: ArrayLike<number>; ends: ArrayLike<number>; words: readonly Word[] },
  token: number,
  analyzer: WordAnalyzer,
): boolean {
  return [token - 1, token + 1].some((beside) => {
    const word = words[beside]
    if (word === undefined) return false
    const [start, end] = [starts[beside] as number, ends[beside] as number]
    const surface = text.slice(start, Math.min(end, start + BESIDE_MAX))
    if (!CAPITALS.test(surface)) return false
    return word.stop || (word.traits & ABBREVIATION) !== 0 || analyzer.knows(surface)
  })
}
