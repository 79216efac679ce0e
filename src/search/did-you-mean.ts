import { fold } from '../analysis/fold.ts'
import { slipDistance } from '../analysis/slips.ts'
import type { EngineAnswer, EngineHit, LocatedField } from './engine.ts'

/** Farther apart two spellings are two words. */
const SLIPS_MAX = 3

/**
 * The query as it was probably meant: every word that neither the articles nor the lexicon have as it was typed, and that was
 * read as another, is replaced by that, spelt as the articles spell it. Null where no word is.
 */
export function correctedQuery(query: string, { words, hits }: EngineAnswer): string | null {
  let corrected = query
  for (const [index, { surface, word, stands, german }] of words.entries()) {
    const [meant] = stands
    if (meant?.kind !== 'typo' || german) continue
    const spelling = nearestSpelling(fold(word.key), index, hits)
    if (spelling === null || fold(spelling.toLowerCase()) === fold(word.key)) continue
    corrected = corrected.replace(wholeWord(surface), () => inCaseOf(surface, spelling))
  }
  return corrected === query ? null : corrected
}

/** Of the words of the hits that one of the query was read as, the one spelt most like it; the first of several. */
function nearestSpelling(typed: string, word: number, hits: readonly EngineHit[]): string | null {
  let nearest: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const { article, title, text } of hits) {
    for (const [value, field] of [
      [article.title, title],
      [article.text, text],
    ] as const) {
      for (const spelling of spellings(value, field, word)) {
        const distance = slipDistance(typed, fold(spelling.toLowerCase()), SLIPS_MAX)
        if (distance < least) [least, nearest] = [distance, spelling]
      }
    }
  }
  return nearest
}

function* spellings(value: string, field: LocatedField, word: number): Generator<string> {
  for (const [i, token] of field.matches.entries()) {
    if (field.matchedWords[i] === word && field.matchedKinds[i] === 'typo')
      yield value.slice(field.starts[token], field.ends[token])
  }
}

/** People who type without capitals are answered without. */
const inCaseOf = (typed: string, spelling: string): string =>
  typed === typed.toLowerCase() ? spelling.toLowerCase() : spelling

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g

/** Every place where a word stands alone. */
const wholeWord = (word: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(SYNTAX, '\\$&')}(?![\\p{L}\\p{N}])`, 'gu')
