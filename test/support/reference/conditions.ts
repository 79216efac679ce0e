import type { Analyzer } from '../../../src/analysis/analyzer.ts'
import { orderKey } from '../../../src/analysis/german/order-key.ts'
import type { Word } from '../../../src/analysis/word/word.ts'
import { keyOfForm } from '../../../src/analysis/word/word.ts'
import type { Article } from '../../../src/article/article.ts'
import { type FieldValue, fieldsOf } from '../../../src/article/article-fields.ts'
import { canonicalField, isNullable } from '../../../src/article/searched-fields.ts'
import { valueTest } from '../../../src/search/filter/condition.ts'
import type { FilterNode } from '../../../src/search/filter/tree.ts'
import { FormMatcher } from '../../../src/search/match/form-matcher.ts'
import { phraseSpansOf } from '../../../src/search/match/phrase-spans.ts'
import { matchWords } from '../../../src/search/match/word-matcher.ts'
import { hasPositions } from '../../../src/search/query/constraint.ts'
import { type Phrase, phraseEnd, phraseWord } from '../../../src/search/query/phrase.ts'
import type { ExpandedWord, ResolvedConstraint, ResolvedWord } from '../../../src/search/query/resolved-query.ts'
import type { QueryWord } from '../../../src/search/query/words.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import type { ReferenceDocument, ReferenceForms } from './documents.ts'

/** The values of a field; undefined where the article does not have it. */
export function valuesOf(article: Article, name: string): readonly FieldValue[] | undefined {
  const field = canonicalField(name)
  if (field === 'id') return [article.id]
  return fieldsOf(article).find(([one]) => one === field)?.[1]
}

const lowered = (value: FieldValue): string => String(value).normalize('NFC').toLowerCase()

/** Whether an article fulfils a filter. */
export function fulfils(article: Article, node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((one) => fulfils(article, one))
    case 'or':
      return node.nodes.some((one) => fulfils(article, one))
    case 'not':
      return !fulfils(article, node.node)
    case 'exists':
      return valuesOf(article, node.field) !== undefined
    case 'null':
      return isNullable(canonicalField(node.field)) && valuesOf(article, node.field) === undefined
    case 'empty': {
      const values = valuesOf(article, node.field)
      return values !== undefined && (values.length === 0 || values.some((value) => value === ''))
    }
    default: {
      const test = valueTest(node, canonicalField(node.field) === 'date')
      const passes = (valuesOf(article, node.field) ?? []).some((value) => test(value, lowered(value)))
      return node.kind === 'compare' && node.operator === '!=' ? !passes : passes
    }
  }
}

/** Tells which articles are as the operators of a query demand, looking at every word of each. */
export class ReferenceConstraints {
  readonly #forms: ReferenceForms
  readonly #analyzer: Analyzer
  readonly #hasAllOf: (one: ReferenceDocument, word: ResolvedWord) => boolean

  /** @param hasAllOf whether an article has all of a word, by whatever stands for it */
  constructor(
    forms: ReferenceForms,
    analyzer: Analyzer,
    hasAllOf: (one: ReferenceDocument, word: ResolvedWord) => boolean,
  ) {
    this.#forms = forms
    this.#analyzer = analyzer
    this.#hasAllOf = hasAllOf
  }

  allows(one: ReferenceDocument, constraint: ResolvedConstraint): boolean {
    switch (constraint.kind) {
      case 'and':
        return constraint.nodes.every((node) => this.allows(one, node))
      case 'or':
        return constraint.nodes.some((node) => this.allows(one, node))
      case 'not':
        return !this.allows(one, constraint.node)
      case 'phrase':
        return this.#hasPhrase(one, constraint.phrase, constraint.field)
      case 'words': {
        const { field } = constraint
        if ('strict' in constraint)
          return constraint.strict.length > 0 && constraint.strict.every((word) => this.#isStrictlyIn(one, word, field))
        return constraint.words.length > 0 && constraint.words.every((word) => this.#isIn(one, word, field))
      }
    }
  }

  #hasPhrase(one: ReferenceDocument, phrase: Phrase, field: string | null): boolean {
    if (hasPositions(field))
      return phraseSpansOf(this.#forms, this.#analyzer).of(one.stream, phrase, field, new WorkBudget()).length > 0
    return this.#valueWords(one.article, field).some((words) => {
      const wordAt = (place: number) => words[place] && phraseWord(words[place], this.#analyzer)
      return words.some((_, at) => phraseEnd(phrase, wordAt, at, false, new WorkBudget()) >= 0)
    })
  }

  #isIn(one: ReferenceDocument, word: ResolvedWord, field: string | null): boolean {
    if (!this.#hasAllOf(one, word))
      return word.phrases.some((phrase) => field !== null && this.#hasPhrase(one, phrase, field))
    if (field === null) return true
    if (word.phrases.some((phrase) => this.#hasPhrase(one, phrase, field))) return true
    if (!hasPositions(field)) {
      const fits = (found: Word): boolean => !['similar', undefined].includes(matchWords(found, word)?.kind)
      return this.#valueWords(one.article, field).some((words) => words.some(fits))
    }
    const matches = new FormMatcher(this.#forms, [word])
    const forms = this.#formsIn(one, field)
    if (forms.some((form) => matches.of(form)[0]?.whole === true)) return true
    const parts = word.word.parts.map(({ term }) => term)
    const found = forms.filter((form) => matches.of(form).length > 0).map((form) => this.#termOf(form))
    return parts.length > 0 && parts.every((term) => found.includes(term))
  }

  /** Whether a word stands there in any of its forms, or as a piece of a word with hyphens. */
  #isStrictlyIn(one: ReferenceDocument, queryWord: QueryWord, field: string | null): boolean {
    const { word, prefix } = queryWord
    if (!hasPositions(field)) {
      const wanted: ExpandedWord = { ...queryWord, alternatives: [], expansions: [], phrases: [] }
      return this.#valueWords(one.article, field).some((words) =>
        words.some((found) => {
          const kind = matchWords(found, wanted)?.kind
          if (kind === undefined || kind === 'similar') return false
          return kind !== 'part' || phraseWord(found, this.#analyzer).units.some(({ term }) => term === word.term)
        }),
      )
    }
    const begins = orderKey(word.key)
    return this.#formsIn(one, field).some((form) => {
      const found = this.#forms.words[form] as Word
      if (prefix === 'asked' && !found.stop && orderKey(keyOfForm(found.form)).startsWith(begins)) return true
      return found.term === word.term || this.#isPiece(form, word.term)
    })
  }

  #isPiece(form: number, wanted: string): boolean {
    return this.#forms.additionalTerms(form).some(({ term, role }) => {
      if (this.#forms.terms[term] !== wanted || role === 'verbLemma') return false
      if (role !== 'part') return true
      const { units } = phraseSpansOf(this.#forms, this.#analyzer).wordOf(form)
      return units.some((unit) => unit.term === wanted)
    })
  }

  #formsIn({ forms, stream }: ReferenceDocument, field: 'title' | 'text' | null): readonly number[] {
    if (field === null) return forms
    return field === 'title' ? forms.slice(0, stream.title) : forms.slice(stream.title, stream.title + stream.text)
  }

  #valueWords(article: Article, field: string): (readonly Word[])[] {
    return (valuesOf(article, field) ?? []).map((value) => this.#analyzer.analyze(String(value)).words)
  }

  #termOf(form: number): string {
    return this.#forms.terms[this.#forms.termOfForm(form)] as string
  }
}
