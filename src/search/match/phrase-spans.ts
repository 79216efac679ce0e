import type { Analyzer } from '../../analysis/analyzer.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { FormSet } from '../engine/form-set.ts'
import type { FormTable } from '../engine/forms.ts'
import { FORM_MASK, type TokenStream } from '../engine/token-stream.ts'
import { type Phrase, type PhraseWord, phraseEnd, phraseWord, type Unit } from '../query/phrase.ts'

/** A stretch of an article's tokens (title, text and extras in a row) where a phrase stands. */
export interface PhraseSpan {
  readonly first: number
  /** The token after the last. */
  readonly end: number
  /** Whether it is spelt as in the phrase, but for capitals. */
  readonly isExact: boolean
}

/** A stretch of tokens that no phrase crosses the end of. */
interface Stretch {
  readonly end: number
  readonly field: string
}

/** No term has this number. */
const NO_TERM = -1

/** Instead of the word after the last one of a phrase. */
const NOT_THERE = -1
const HAS_HYPHENS = -2

/** In `#hyphened`. */
const UNMET = 0
const PLAIN = 1
const HYPHENED = 2

/** Forms seen in phrases, a few hundred bytes each. */
const REMEMBERED_MAX = 20_000

const known = new WeakMap<FormTable, PhraseSpans>()

/** The one for a table of forms: what it has learnt about the forms is kept as long as the table is. */
export function phraseSpansOf(forms: FormTable, analyzer: Analyzer): PhraseSpans {
  const before = known.get(forms)
  if (before?.analyzer === analyzer) return before
  const spans = new PhraseSpans(forms, analyzer)
  known.set(forms, spans)
  return spans
}

/** Finds where phrases stand in token streams. */
export class PhraseSpans {
  readonly analyzer: Analyzer
  readonly #forms: FormTable
  readonly #words = new Map<number, PhraseWord>()
  /** By form 1 where a phrase may begin; all zero between uses. */
  #begins = new Uint8Array(0)
  /** By form, see above. */
  #hyphened = new Uint8Array(0)

  constructor(forms: FormTable, analyzer: Analyzer) {
    this.#forms = forms
    this.analyzer = analyzer
  }

  /** Where a phrase stands; of overlapping places only the first. */
  of(stream: TokenStream, phrase: Phrase, field: string | null, budget: WorkBudget): PhraseSpan[] {
    const spans: PhraseSpan[] = []
    this.finding(phrase, budget, (find) => {
      find?.(stream, field, budget, (span) => {
        spans.push(span)
        return false
      })
    })
    return spans
  }

  /**
   * Prepares a phrase for looking through many streams.
   * @param use gets a function that calls its last argument for each place where the phrase stands, until that says it is enough; null
   *   where no form begins it
   */
  finding<T>(phrase: Phrase, budget: WorkBudget, use: (find: FindSpans | null) => T): T {
    const forms = this.#formsBeginning(phrase, budget)
    if (forms.length === 0) return use(null)
    const terms = this.#plainTerms(phrase)
    const beginning = terms === null || terms.length < 2 ? null : this.#beginningOf(phrase, forms, budget)
    return this.marked(forms, (begins) =>
      use((stream, field, spent, visit) => {
        if (beginning !== null && !this.#mayStandIn(stream, beginning, begins)) {
          spent.spend(COST.token * stream.count * PASSED_OVER)
          return
        }
        const read = this.#readSpans(stream, phrase, terms, begins, field, spent, visit)
        spent.spend(COST.token * read)
      }),
    )
  }

  /** The forms that the first two words of a phrase without hyphens may be, or be the beginning of. */
  #beginningOf(phrase: Phrase, forms: readonly number[], budget: WorkBudget): FormSet {
    const beginning = new FormSet(this.#forms.forms.length)
    for (const form of forms) beginning.add(form)
    for (const form of this.#formsBeginning(phrase.slice(1), budget)) beginning.add(form)
    return beginning
  }

  /** Whether two tokens in a row may begin a phrase, or one that has hyphens: only then all tokens of an article are read. */
  #mayStandIn(stream: TokenStream, beginning: FormSet, begins: Uint8Array): boolean {
    const { count, places, tokens } = stream.matching(beginning)
    for (let i = 0; i < count; i++) {
      const form = (tokens[i] as number) & FORM_MASK
      if (begins[form] === 0) continue
      if (this.#isHyphened(form) || (i + 1 < count && places[i + 1] === (places[i] as number) + 1)) return true
    }
    return false
  }

  /** The forms a phrase may begin with: those of its first piece, also within words with hyphens. */
  #formsBeginning(phrase: Phrase, budget: WorkBudget): number[] {
    const [first] = phrase
    if (first === undefined) return []
    const table = this.#forms
    const forms: number[] = []
    let visited = 0
    for (const term of new Set([first.term, (first.units[0] as Unit).term])) {
      const number = table.termNumber(term)
      if (number === undefined) continue
      table.forEachForm(number, true, (form) => {
        visited += 1
        // thousands of compounds may have it as a part: what has no hyphens need not be taken apart
        if (table.termOfForm(form) === number || (this.#isHyphened(form) && this.wordOf(form).units.length > 1))
          forms.push(form)
      })
    }
    budget.spend(COST.value * visited)
    return forms
  }

  /** Calls `use` with a table that has 1 for these forms; not to be used within itself. */
  marked<T>(forms: Iterable<number>, use: (isMarked: Uint8Array) => T): T {
    const size = this.#forms.forms.length
    if (this.#begins.length < size) this.#begins = new Uint8Array(Math.ceil(size * 1.25))
    for (const form of forms) this.#begins[form] = 1
    try {
      return use(this.#begins)
    } finally {
      for (const form of forms) this.#begins[form] = 0
    }
  }

  /** A form as phrases see it. */
  wordOf(form: number): PhraseWord {
    const before = this.#words.get(form)
    if (before !== undefined) return before
    const { forms, terms } = this.#forms
    const key = keyOfForm(forms.at(form) as string)
    const word = phraseWord({ key, term: terms.at(this.#forms.termOfForm(form)) as string }, this.analyzer)
    if (this.#words.size >= REMEMBERED_MAX) this.#words.clear()
    this.#words.set(form, word)
    return word
  }

  /** Gives how many tokens it has read. */
  #readSpans(
    stream: TokenStream,
    phrase: Phrase,
    terms: readonly number[] | null,
    begins: Uint8Array,
    field: string | null,
    budget: WorkBudget,
    visit: (span: PhraseSpan) => boolean,
  ): number {
    const { tokens } = stream
    const formTerms = this.#forms.termsOfForms()
    const stretchAt = stretchesOf(stream)
    let stretch: Stretch | undefined
    let end = 0
    const wordAt = (place: number): PhraseWord | undefined =>
      place < end ? this.wordOf((tokens[place] as number) & FORM_MASK) : undefined
    for (let at = 0; at < tokens.length; at++) {
      const form = (tokens[at] as number) & FORM_MASK
      if (begins[form] === 0) continue
      if (stretch === undefined || at >= stretch.end) stretch = stretchAt(at)
      if (field !== null && field !== stretch.field) continue
      end = stretch.end
      let last = terms === null ? HAS_HYPHENS : this.#plainEnd(tokens, at, end, terms, formTerms, budget)
      const isPlain = last !== HAS_HYPHENS
      if (!isPlain) last = phraseEnd(phrase, wordAt, at, false, budget)
      if (last < 0) continue
      const isExact = isPlain ? this.#isSpeltAs(phrase, tokens, at) : phraseEnd(phrase, wordAt, at, true, budget) >= 0
      if (visit({ first: at, end: last, isExact })) return last
      at = Math.max(at, last - 1)
    }
    return tokens.length
  }

  /**
   * Where a phrase ends that begins here: as many words in a row, where neither has hyphens. Most often the second word is another: that
   * costs nothing beside reading the token. Where the budget is used up, the phrase is taken as not standing there.
   */
  #plainEnd(
    tokens: Uint32Array,
    start: number,
    end: number,
    terms: readonly number[],
    formTerms: ArrayLike<number>,
    budget: WorkBudget,
  ): number {
    for (let i = 0; i < terms.length; i++) {
      const place = start + i
      if (place >= end) return NOT_THERE
      const form = (tokens[place] as number) & FORM_MASK
      if (this.#isHyphened(form)) return HAS_HYPHENS
      if (formTerms[form] !== terms[i]) return NOT_THERE
      if (i === 0 && terms.length > 1) continue
      budget.spend(COST.phraseStep)
      if (budget.isSpent()) {
        budget.cut('phrases')
        return NOT_THERE
      }
    }
    return start + terms.length
  }

  /** The terms of a phrase without hyphens; null where it has some. */
  #plainTerms(phrase: Phrase): readonly number[] | null {
    const isPlain = phrase.every(({ units }) => units.length === 1)
    return isPlain ? phrase.map(({ term }) => this.#forms.termNumber(term) ?? NO_TERM) : null
  }

  #isSpeltAs(phrase: Phrase, tokens: Uint32Array, start: number): boolean {
    for (let i = 0; i < phrase.length; i++)
      if (this.wordOf((tokens[start + i] as number) & FORM_MASK).key !== (phrase[i] as PhraseWord).key) return false
    return true
  }

  /** Whether a form has pieces between hyphens. Each is looked at once. */
  #isHyphened(form: number): boolean {
    const { forms } = this.#forms
    if (this.#hyphened.length < forms.length) {
      const grown = new Uint8Array(Math.ceil(forms.length * 1.25))
      grown.set(this.#hyphened)
      this.#hyphened = grown
    }
    if (this.#hyphened[form] === UNMET)
      this.#hyphened[form] = (forms.at(form) as string).includes('-') ? HYPHENED : PLAIN
    return this.#hyphened[form] === HYPHENED
  }
}

/** Calls `visit` for each place where a prepared phrase stands, until it says that this is enough. */
export type FindSpans = (
  stream: TokenStream,
  field: string | null,
  budget: WorkBudget,
  visit: (span: PhraseSpan) => boolean,
) => void

/** Articles in which no two words of a phrase stand side by side cost this share of reading them. */
const PASSED_OVER = 0.5

/** Tells of tokens, asked for in ascending order, which stretch they stand in: title, text, or one of the extras. */
function stretchesOf(stream: TokenStream): (token: number) => Stretch {
  const { title, text } = stream
  const inTitle: Stretch = { end: title, field: 'title' }
  const inText: Stretch = { end: title + text, field: 'text' }
  let starts: readonly number[] | undefined
  let next = 0
  return (token) => {
    if (token < title) return inTitle
    if (token < title + text) return inText
    starts ??= stream.extraStarts()
    while (next < starts.length && (starts[next] as number) <= token) next += 1
    return { end: starts[next] ?? stream.count, field: '' }
  }
}
