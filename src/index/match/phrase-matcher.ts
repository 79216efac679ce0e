import type { Analyzer } from '../../analysis/analyzer.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import { type Phrase, type PhraseWord, phraseEnd, phraseWord, type Unit } from '../../search/query/phrase.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import { FORM_MASK } from '../segment/forward-index.ts'
import { OCCURRENCE_KINDS } from '../segment/postings.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** A stretch of an article's tokens (title, text and extras in a row) where a phrase stands. */
export interface Span {
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

/** Who has a phrase, and whether just as it is spelt. */
export type PhraseDocs = ReadonlyMap<number, boolean>

/** No term has this number. */
const NO_TERM = -1

/** Instead of the word after the last one of a phrase. */
const NOT_THERE = -1
const HAS_HYPHENS = -2

/** In `#hyphened`. */
const UNMET = 0
const PLAIN = 1
const HYPHENED = 2

/** Finds phrases in articles by the forward index. */
export class PhraseMatcher {
  readonly #index: ArticleIndex
  readonly #analyzer: Analyzer
  readonly #words = new Map<number, PhraseWord>()
  // of the query that is being answered: what it may cost still, and what was found
  #budget = new WorkBudget()
  #found = new Map<Phrase, Map<string | null, PhraseDocs>>()
  readonly #terms = new Map<Phrase, readonly number[] | null>()
  /** By article how many words of a phrase were found in it, in turn; all zero between uses. */
  #stages = new Uint8Array(0)
  /** By form 1 where a phrase may begin; all zero between uses. */
  #begins = new Uint8Array(0)
  /** By form, see below. */
  #hyphened = new Uint8Array(0)

  constructor(index: ArticleIndex, analyzer: Analyzer) {
    this.#index = index
    this.#analyzer = analyzer
  }

  /** Forgets what was found: articles may have come or gone. */
  begin(budget: WorkBudget): void {
    this.#budget = budget
    this.#found = new Map()
    this.#terms.clear()
  }

  /**
   * Finds the phrases of a query. Each gets an equal part of the budget, and articles that have the words of all phrases are looked
   * through first: where the budget does not reach, an article that has all phrases is still found.
   */
  async findAll(wanted: readonly { readonly phrase: Phrase; readonly field: string | null }[]): Promise<void> {
    const budget = this.#budget
    const candidates = wanted.map(({ phrase }) => this.#candidates(phrase, budget))
    const sets = candidates.slice(1).map((docIds) => new Set(docIds))
    budget.spend(COST.value * candidates.reduce((sum, { length }) => sum + length, 0))
    const common = new Set(candidates[0]?.filter((docId) => sets.every((set) => set.has(docId))))
    const begun = Math.min(SHARE.phrases, budget.spent / budget.limit)
    for (const [at, { phrase, field }] of wanted.entries()) {
      const share = begun + ((SHARE.phrases - begun) * (at + 1)) / wanted.length
      const others = (candidates[at] as number[]).filter((docId) => !common.has(docId))
      await this.find(phrase, field, budget, share, [...common, ...others])
    }
  }

  /**
   * The living articles that have a phrase; those found so far where its part of the budget is used up. Takes time in proportion to
   * the posting lists of its words and the tokens of the articles that have them all; once for each query. Gives way meanwhile.
   * @param field only in this one: `title` or `text`; null for anywhere
   * @param share how much of the budget may be used up
   * @param candidates the living articles that have all its words, in the order they are looked through
   */
  async find(
    phrase: Phrase,
    field: string | null,
    budget: WorkBudget,
    share: number,
    candidates: readonly number[] = this.#candidates(phrase, budget),
  ): Promise<PhraseDocs> {
    const known = this.#found.get(phrase)?.get(field)
    if (known !== undefined) return known
    const having = new Map<number, boolean>()
    for (let at = 0; at < candidates.length; ) {
      at = this.#lookThrough(phrase, field, budget, share, candidates, at, having)
      if (budget.isHolding) await budget.giveWay()
    }
    return this.#remember(phrase, field, having)
  }

  /** The same for what is looked for within a step of a search, and what was found already. */
  articles(phrase: Phrase, field: string | null): PhraseDocs {
    const known = this.#found.get(phrase)?.get(field)
    if (known !== undefined) return known
    const budget = this.#budget
    const candidates = this.#candidates(phrase, budget)
    const having = new Map<number, boolean>()
    for (let at = 0; at < candidates.length; )
      at = this.#lookThrough(phrase, field, budget, SHARE.phrases, candidates, at, having)
    return this.#remember(phrase, field, having)
  }

  #remember(phrase: Phrase, field: string | null, having: PhraseDocs): PhraseDocs {
    const byField = this.#found.get(phrase) ?? new Map<string | null, PhraseDocs>()
    this.#found.set(phrase, byField.set(field, having))
    return having
  }

  /** Looks through candidates from a place on until others should get their turn; gives where to go on. */
  #lookThrough(
    phrase: Phrase,
    field: string | null,
    budget: WorkBudget,
    share: number,
    candidates: readonly number[],
    from: number,
    having: Map<number, boolean>,
  ): number {
    const forms = this.#formsBeginning(phrase)
    if (forms.length === 0) return candidates.length
    return this.marked(forms, (begins) => {
      for (let at = from; at < candidates.length; at++) {
        const docId = candidates[at] as number
        if (budget.isSpent(share)) {
          budget.cut('phrases')
          return candidates.length
        }
        let isExact: boolean | undefined
        // one that is spelt just so is all there is to know
        this.#forEachSpan(docId, phrase, begins, field, budget, (span) => {
          isExact = span.isExact
          return isExact
        })
        if (isExact !== undefined) having.set(docId, isExact)
        if (budget.isHolding) return at + 1
      }
      return candidates.length
    })
  }

  /** Where a phrase stands in an article; where one begins within another only the first is told. */
  spansOf(docId: number, phrase: Phrase, field: string | null): Span[] {
    const spans: Span[] = []
    this.marked(this.#formsBeginning(phrase), (begins) =>
      this.#forEachSpan(docId, phrase, begins, field, this.#budget, (span) => {
        spans.push(span)
        return false
      }),
    )
    return spans
  }

  /** Calls `use` with a table that has 1 for these forms; not to be used within itself. */
  marked<T>(forms: Iterable<number>, use: (begins: Uint8Array) => T): T {
    const size = this.#index.vocabulary.forms.length
    if (this.#begins.length < size) this.#begins = new Uint8Array(Math.ceil(size * 1.25))
    for (const form of forms) this.#begins[form] = 1
    try {
      return use(this.#begins)
    } finally {
      for (const form of forms) this.#begins[form] = 0
    }
  }

  /** Calls `visit` for each place where a phrase stands, until it says that this is enough. */
  #forEachSpan(
    docId: number,
    phrase: Phrase,
    begins: Uint8Array,
    field: string | null,
    budget: WorkBudget,
    visit: (span: Span) => boolean,
  ): void {
    const tokens = this.#index.forward.tokensOf(docId)
    const read = this.#readSpans(docId, tokens, phrase, begins, field, budget, visit)
    budget.spend(COST.token * read)
  }

  /** Gives how many tokens it has read. */
  #readSpans(
    docId: number,
    tokens: Uint32Array,
    phrase: Phrase,
    begins: Uint8Array,
    field: string | null,
    budget: WorkBudget,
    visit: (span: Span) => boolean,
  ): number {
    const formTerms = this.#index.vocabulary.termsOfForms()
    const terms = this.#plainTerms(phrase)
    const stretchAt = this.#stretches(docId)
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
    let terms = this.#terms.get(phrase)
    if (terms === undefined) {
      const isPlain = phrase.every(({ units }) => units.length === 1)
      terms = isPlain ? phrase.map((word) => this.#plainTerm(word)) : null
      this.#terms.set(phrase, terms)
    }
    return terms
  }

  #isSpeltAs(phrase: Phrase, tokens: Uint32Array, start: number): boolean {
    for (let i = 0; i < phrase.length; i++)
      if (this.wordOf((tokens[start + i] as number) & FORM_MASK).key !== (phrase[i] as PhraseWord).key) return false
    return true
  }

  #plainTerm({ term }: PhraseWord): number {
    return this.#index.vocabulary.termNumber(term) ?? NO_TERM
  }

  /** Whether a form has pieces between hyphens. Each is looked at once. */
  #isHyphened(form: number): boolean {
    const { forms } = this.#index.vocabulary
    if (this.#hyphened.length < forms.length) {
      const grown = new Uint8Array(Math.ceil(forms.length * 1.25))
      grown.set(this.#hyphened)
      this.#hyphened = grown
    }
    if (this.#hyphened[form] === UNMET) this.#hyphened[form] = (forms[form] as string).includes('-') ? HYPHENED : PLAIN
    return this.#hyphened[form] === HYPHENED
  }

  /** Tells of tokens, asked for in ascending order, which stretch they stand in: title, text, or one of the extras. */
  #stretches(docId: number): (token: number) => Stretch {
    const { forward } = this.#index
    const { title, text, extras } = forward.counts(docId)
    let starts: readonly number[] | undefined
    let next = 0
    return (token) => {
      if (token < title) return { end: title, field: 'title' }
      if (token < title + text) return { end: title + text, field: 'text' }
      starts ??= forward.extraStarts(docId)
      while (next < starts.length && (starts[next] as number) <= token) next += 1
      return { end: starts[next] ?? title + text + extras, field: '' }
    }
  }

  /** The forms a phrase may begin with: those of its first piece, also within words with hyphens. */
  #formsBeginning(phrase: Phrase): number[] {
    const [first] = phrase
    if (first === undefined) return []
    const { vocabulary } = this.#index
    const forms: number[] = []
    for (const term of new Set([first.term, (first.units[0] as Unit).term])) {
      const number = vocabulary.termNumber(term)
      if (number === undefined) continue
      vocabulary.forEachForm(number, true, (form) => {
        if (vocabulary.termOfForm(form) === number || this.wordOf(form).units.length > 1) forms.push(form)
      })
    }
    return forms
  }

  /** The living articles that have all words of a phrase. */
  #candidates(phrase: Phrase, budget: WorkBudget): number[] {
    const { vocabulary, postings, documents } = this.#index
    if (this.#stages.length < documents.size) this.#stages = new Uint8Array(Math.ceil(documents.size * 1.25))
    const stages = this.#stages
    const termsOf = ({ term, units }: PhraseWord): string[] => {
      if (units.length === 1) return [term]
      const rarest = units.reduce((a, b) =>
        vocabulary.documentFrequency(b.term) < vocabulary.documentFrequency(a.term) ? b : a,
      )
      return [term, rarest.term]
    }
    const words = phrase
      .map((word) => ({ terms: termsOf(word) }))
      .map(({ terms }) => ({ terms, count: terms.reduce((sum, one) => sum + vocabulary.documentFrequency(one), 0) }))
      .sort((a, b) => a.count - b.count)
    const touched: number[] = []
    try {
      for (const [stage, { terms }] of words.entries()) {
        for (const term of terms) {
          for (let place = 0; place < OCCURRENCE_KINDS; place++) {
            const tfBuckets = postings.tfBuckets(term, place)
            for (let slot = 0; slot < tfBuckets.length; slot++) {
              const docIds = tfBuckets[slot]
              if (docIds === undefined) continue
              budget.spend(COST.posting * docIds.length)
              for (let i = 0; i < docIds.length; i++) {
                const docId = docIds[i] as number
                if (stages[docId] !== stage) continue
                stages[docId] = stage + 1
                if (stage === 0) touched.push(docId)
              }
            }
          }
        }
      }
      return touched.filter((docId) => stages[docId] === words.length && documents.deletedDocs[docId] === 0)
    } finally {
      for (const docId of touched) stages[docId] = 0
    }
  }

  /** A form as phrases see it. */
  wordOf(form: number): PhraseWord {
    const known = this.#words.get(form)
    if (known !== undefined) return known
    const { vocabulary } = this.#index
    const key = keyOfForm(vocabulary.forms[form] as string)
    const word = phraseWord({ key, term: vocabulary.terms[vocabulary.termOfForm(form)] as string }, this.#analyzer)
    if (this.#words.size >= REMEMBERED_MAX) this.#words.clear()
    this.#words.set(form, word)
    return word
  }
}

/** Forms seen in phrases, a few hundred bytes each. */
const REMEMBERED_MAX = 20_000
