// The room `search/match`: which tokens of an article match which words and phrases of a query, where, and how. It reads token streams
// and forms through the seam's types, no index.

import { fold } from '../../analysis/german/fold.ts'
import { editDistance } from '../../analysis/spelling/edit-distance.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import { FormSet } from '../engine/form-set.ts'
import type { FormTable, Role } from '../engine/forms.ts'
import type { ExpandedWord, Expansion } from '../query/resolved-query.ts'
import { WEIGHTS } from '../ranking/weights.ts'
import { KIND_OF_ALIAS, kindOfSpelling, type MatchKind } from './match-kind.ts'

/** A query word that a form of an article matches. */
export interface FormMatch {
  /** Which of the query's words. */
  readonly word: number
  /** How well, from 0 to 1; 1 where it is that word. */
  readonly strength: number
  /** Whether it is the whole query word, or a longer one with it, not one of its parts or another that looks like it. */
  readonly whole: boolean
  /** How, where the form's own letters do not tell. */
  readonly kind: MatchKind | null
}

/** What a term means to a query. */
interface TermMatch {
  readonly word: number
  readonly strength: number
  readonly part: 'none' | 'scattered'
  readonly kind: Expansion['kind'] | null
}

/** What a word counts that is spelt so but for umlauts, ß and accents, of one that is spelt just so. */
const FOLDED = 0.3
/** One that is written together, apart or with a hyphen where the query's is not. */
const JOINED = 0.8
/** A word so many slips away is spelt another way. */
const EDITS_MAX = 3

const NO_TERMS: readonly TermMatch[] = []
const NOTHING: readonly FormMatch[] = []

/** Tells which words of one query the forms of token streams match: the same for ranking and for marking what was found. */
export class FormMatcher {
  readonly forms: FormTable
  readonly #words: readonly ExpandedWord[]
  /** Their keys, folded; made when they are asked for. */
  readonly #folded: (string | undefined)[] = []
  readonly #byTerm = new Map<number, TermMatch[]>()
  readonly #byForm = new Map<number, readonly FormMatch[]>()
  #matching: FormSet | null = null
  readonly #found = new FoundMatches()
  /** How many forms were looked at to find those that match; one may count several times. */
  #visits = 0

  constructor(forms: FormTable, words: readonly ExpandedWord[]) {
    this.forms = forms
    this.#words = words
    for (const [at, { word, alternatives, expansions }] of words.entries()) {
      this.#enter(word.term, { word: at, strength: 1, part: 'none', kind: null })
      for (const term of alternatives) this.#enter(term, { word: at, strength: WEIGHTS.part, part: 'none', kind: null })
      const share = WEIGHTS.scattered / Math.max(1, word.parts.length)
      for (const { term } of word.parts) this.#enter(term, { word: at, strength: share, part: 'scattered', kind: null })
      for (const { term, weight, kind } of expansions)
        this.#enter(term, { word: at, strength: weight, part: 'none', kind })
    }
  }

  #enter(term: string, match: TermMatch): void {
    const number = this.forms.termNumber(term)
    if (number === undefined) return
    const matches = this.#byTerm.get(number)
    if (matches === undefined) this.#byTerm.set(number, [match])
    else if (matches.every(({ word }) => word !== match.word)) matches.push(match)
  }

  /** The words of the query that a form matches, each once, the best match first. */
  of(form: number): readonly FormMatch[] {
    if (!this.matching.has(form)) return NOTHING
    let matches = this.#byForm.get(form)
    if (matches === undefined) {
      matches = this.#read(form)
      this.#byForm.set(form, matches)
    }
    return matches
  }

  #read(form: number): readonly FormMatch[] {
    const found = this.#found
    found.count = 0
    for (const { word, strength, part, kind } of this.#of(this.forms.termOfForm(form)))
      found.enter(word, strength, part === 'none' && kind !== 'similar', kind)
    this.forms.forEachAdditionalTerm(form, this.#enterAdditional)
    return found.sorted()
  }

  readonly #enterAdditional = (term: number, role: Role): void => {
    for (const { word, strength, part, kind } of this.#of(term)) {
      // what only looks like the word counts where it is a word of its own
      if (kind === 'similar') continue
      const isPart = role === 'part' || role === 'verbLemma'
      const how = kind ?? (role === 'part' || part === 'scattered' ? null : KIND_OF_ALIAS[role])
      this.#found.enter(word, strength * (isPart ? WEIGHTS.part : 1), part === 'none', how)
    }
  }

  /** The forms that `of` may find something for: all others mean nothing to the query. */
  get matching(): FormSet {
    this.#matching ??= this.#findMatching()
    return this.#matching
  }

  /** Gives the room of what it has found to the matcher of the next query: nothing is asked of it any more. */
  release(): void {
    this.#matching?.release()
  }

  /** What finding them cost, in forms looked at. */
  get visits(): number {
    return this.matching && this.#visits
  }

  #findMatching(): FormSet {
    const matching = new FormSet(this.forms.forms.length)
    for (const [term, matches] of this.#byTerm) {
      const further = matches.some(({ kind }) => kind !== 'similar')
      this.forms.forEachForm(term, further, (form) => {
        this.#visits += 1
        matching.add(form)
      })
    }
    return matching
  }

  #of(term: number): readonly TermMatch[] {
    return this.#byTerm.get(term) ?? NO_TERMS
  }

  /** How a form is spelt, in lower case. */
  keyOf(form: number): string {
    return keyOfForm(this.forms.forms.at(form) as string)
  }

  /** How closely a form is spelt like the query word that it is, or that it was taken for; 1 where it is the same. */
  closeness(form: number, { word: at, strength, kind }: FormMatch): number {
    const { word } = this.#words[at] as ExpandedWord
    if (kind === 'joined') return JOINED
    // of several tokens the key has hyphens
    if (kind === 'number') return word.key.includes('-') ? 1 : JOINED
    const isGuessed = kind === 'typo' || kind === 'prefix'
    if (!isGuessed && (kind !== null || strength < 1)) return 0
    const key = this.keyOf(form)
    const spelling = isGuessed ? 'inflected' : kindOfSpelling(key, word.key)
    if (spelling === 'folded') return FOLDED
    if (spelling === 'joined' && !word.numeric) return JOINED
    if (spelling !== 'inflected' || word.numeric) return 1
    this.#folded[at] ??= fold(word.key)
    const distance = editDistance(this.#folded[at] as string, fold(key), EDITS_MAX)
    return distance > EDITS_MAX ? 0 : (FOLDED * (EDITS_MAX - distance)) / EDITS_MAX
  }
}

/** The matches of one form as they are found; kept from one to the next. */
class FoundMatches {
  count = 0
  readonly #matches: FormMatch[] = []

  /** Enters a match: of several by one word the stronger counts, and its kind unless it only looks like the word or begins so. */
  enter(word: number, strength: number, whole: boolean, kind: MatchKind | null): void {
    const matches = this.#matches
    let at = 0
    while (at < this.count && (matches[at] as FormMatch).word !== word) at += 1
    const known = at < this.count ? (matches[at] as FormMatch) : undefined
    if (known === undefined) matches[this.count++] = { word, strength, whole, kind }
    else if (known.kind === 'prefix' && kind === 'typo') matches[at] = asStrongAs(known, strength)
    // a longer word with the whole query word says more than one with some of its parts, however much alike they look
    else if (isWeak(known.kind) || (whole && !known.whole && !isWeak(kind)))
      matches[at] = { word, strength: Math.max(known.strength, strength), whole, kind }
    else if (known.strength < strength)
      matches[at] = isWeak(kind) ? asStrongAs(known, strength) : { word, strength, whole, kind }
  }

  /** The best match first. */
  sorted(): FormMatch[] {
    const found = this.#matches.slice(0, this.count)
    return this.count <= 1 ? found : found.sort((a, b) => b.strength - a.strength || a.word - b.word)
  }
}

/** Field by field: copies by spread have hidden classes of their own. */
const asStrongAs = ({ word, strength, whole, kind }: FormMatch, other: number): FormMatch => ({
  word,
  strength: Math.max(strength, other),
  whole,
  kind,
})

/** What any other match of the same word explains better; but a beginning is no slip. */
const isWeak = (kind: MatchKind | null): boolean => kind === 'similar' || kind === 'prefix'
