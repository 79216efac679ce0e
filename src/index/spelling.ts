import { keyOfForm } from '../analysis/word.ts'
import { FOLDED_SHARE } from '../search/bm25.ts'
import { kindOfSpelling } from '../search/match.ts'
import type { QueryWord } from '../search/plan.ts'
import type { ArticleIndex } from './article-index.ts'

/** A word of the query that a form is, and how closely it is spelt as the query spells it, from 0 to 1. */
interface Spelling {
  readonly word: number
  readonly share: number
}

const OTHER_WORD: Spelling = { word: -1, share: 0 }

/**
 * Tells how articles spell the words of one query: just so (joined, with a hyphen or apart is all the same), with umlauts or ß
 * spelt another way, or in another form.
 */
export class Spellings {
  readonly #index: ArticleIndex
  readonly #words: readonly QueryWord[]
  readonly #wordOfTerm = new Map<number, number>()
  /** By form. */
  readonly #known = new Map<number, Spelling>()

  constructor(index: ArticleIndex, words: readonly QueryWord[]) {
    this.#index = index
    this.#words = words
    for (const [i, { word }] of words.entries()) {
      const number = index.vocabulary.termNumber(word.term)
      if (number !== undefined) this.#wordOfTerm.set(number, i)
    }
  }

  /** For each word of the query the closest spelling in an article; 0 where it lacks the word. Reads all of its tokens. */
  closest(ordinal: number): Float64Array {
    const shares = new Float64Array(this.#words.length)
    for (const form of this.#index.forward.forms(ordinal)) {
      let spelling = this.#known.get(form)
      if (spelling === undefined) {
        spelling = this.#spellingOf(form)
        this.#known.set(form, spelling)
      }
      const { word, share } = spelling
      if (share > (shares[word] ?? 1)) shares[word] = share
    }
    return shares
  }

  #spellingOf(form: number): Spelling {
    const { vocabulary } = this.#index
    const own = this.#wordOfTerm.get(vocabulary.termOfForm(form))
    if (own !== undefined) {
      const { word } = this.#words[own] as QueryWord
      const kind = kindOfSpelling(keyOfForm(vocabulary.forms[form] as string), word.key)
      const share = kind === 'folded' ? FOLDED_SHARE : kind === 'inflected' && !word.numeric ? 0 : 1
      return { word: own, share }
    }
    for (const { term, role } of vocabulary.furtherTerms(form)) {
      const word = role === 'joined' || role === 'number' ? this.#wordOfTerm.get(term) : undefined
      if (word !== undefined) return { word, share: 1 }
    }
    return OTHER_WORD
  }
}
