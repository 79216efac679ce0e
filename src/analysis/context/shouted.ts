import { CAPITALS_MAX } from '../word/capitals.ts'
import type { Word } from '../word/word.ts'
import type { WordAnalyzer } from '../word/word-analyzer.ts'

const CAPITALS = /^\p{Lu}{2,}$/u
/** Longer words beside one are not looked at. */
const BESIDE_MAX = 40
const BLANKS = /^\s+$/
/** Wider gaps are not looked at. */
const GAP_MAX = 8

/** The tokens of a text, as parallel columns. */
interface Tokens {
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
  readonly sentences: ArrayLike<number>
  readonly words: readonly Word[]
}

/**
 * Whether a word in capitals stands beside another that is no abbreviation: then all of it is written so, and it is none itself. The
 * other must be a function word, or a known one too long for an abbreviation, in the same sentence with nothing but blanks between. DIE
 * LINKE, but OB Wahl, MAN LKW, ISS: DIE NASA.
 */
export function isShouted(text: string, tokens: Tokens, token: number, analyzer: WordAnalyzer): boolean {
  return [token - 1, token + 1].some((beside) => {
    const word = tokens.words[beside]
    if (word === undefined || !areBesides(text, tokens, Math.min(token, beside))) return false
    const [start, end] = [tokens.starts[beside] as number, tokens.ends[beside] as number]
    const surface = text.slice(start, Math.min(end, start + BESIDE_MAX))
    if (!CAPITALS.test(surface)) return false
    return analyzer.isFunctionWord(word.key) || (surface.length > CAPITALS_MAX && analyzer.knows(surface))
  })
}

/** Whether nothing but blanks parts a token from the next one of its sentence. */
function areBesides(text: string, { starts, ends, sentences }: Tokens, token: number): boolean {
  const [end, next] = [ends[token] as number, starts[token + 1] as number]
  return sentences[token + 1] === 0 && next - end <= GAP_MAX && BLANKS.test(text.slice(end, next))
}
