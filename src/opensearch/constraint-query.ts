import type { Analyzer } from '../analysis/analyzer.ts'
import { orderKey } from '../analysis/german/order-key.ts'
import type { Word } from '../analysis/word/word.ts'
import type { Article, FieldValue } from '../article/article.ts'
import { fieldsOf } from '../article/article-fields.ts'
import { canonicalField } from '../article/searched-fields.ts'
import { FORM_MASK } from '../search/engine/token-stream.ts'
import { FormMatcher } from '../search/match/form-matcher.ts'
import { matchWords } from '../search/match/word-matcher.ts'
import { hasPositions } from '../search/query/constraint.ts'
import { type Phrase, phraseEnd, phraseWord } from '../search/query/phrase.ts'
import type { ExpandedWord, ResolvedConstraint, ResolvedWord } from '../search/query/resolved-query.ts'
import type { QueryWord } from '../search/query/words.ts'
import { bounded } from './field-values.ts'
import { allOf, anyOf, NONE, noneOf, numbered, type Query } from './filter-query.ts'
import { BEGINS, STRICT } from './index-mappings.ts'
import { type LookThrough, lookThrough } from './looked-through.ts'
import type { PhraseFinder } from './phrase-finder.ts'
import type { LookedUpWord } from './scored-word.ts'
import { storedTerm } from './stored-terms.ts'
import { hasAllOf } from './word-query.ts'

/**
 * Tells the articles that are as the operators of a query demand. What postings tell is left to the cluster; for words in a field, and for phrases, the
 * articles that may have them are read and looked through.
 */
export class ConstraintQueries {
  readonly #through: LookThrough
  readonly #phrases: PhraseFinder
  readonly #analyzer: Analyzer
  readonly #scored: (word: ResolvedWord) => Promise<LookedUpWord>

  constructor(
    through: LookThrough,
    phrases: PhraseFinder,
    analyzer: Analyzer,
    scored: (word: ResolvedWord) => Promise<LookedUpWord>,
  ) {
    this.#through = through
    this.#phrases = phrases
    this.#analyzer = analyzer
    this.#scored = scored
  }

  /**
   * @param isExcluding whether inside a `not`: what is found there must be complete
   * @throws FundstelleError `request_costly` where it is not
   */
  async query(constraint: ResolvedConstraint, isExcluding = false): Promise<Query> {
    switch (constraint.kind) {
      case 'not':
        return noneOf([await this.query(constraint.node, !isExcluding)])
      case 'and':
      case 'or': {
        const nodes: Query[] = []
        for (const node of constraint.nodes) nodes.push(await this.query(node, isExcluding))
        return constraint.kind === 'and' ? allOf(nodes) : anyOf(nodes)
      }
      case 'phrase':
        return this.#phrase(constraint.phrase, constraint.field, isExcluding)
      case 'words': {
        const { field } = constraint
        const words: Query[] = []
        if ('strict' in constraint) {
          for (const word of constraint.strict) words.push(await this.#strict(word, field, isExcluding))
        } else for (const word of constraint.words) words.push(await this.#word(word, field, isExcluding))
        return words.length === 0 ? NONE : allOf(words)
      }
    }
  }

  async #phrase(phrase: Phrase, field: string | null, isExcluding: boolean): Promise<Query> {
    if (hasPositions(field)) {
      const { budget } = this.#through
      const articles = await this.#phrases.find(phrase, field)
      if (isExcluding && !this.#phrases.isComplete) budget.refuse('operators')
      return numbered([...articles.keys()])
    }
    return this.#valueQuery(field, hasField(field), isExcluding, (words) => {
      const wordAt = (place: number) => words[place] && phraseWord(words[place], this.#analyzer)
      return words.some((_, at) => phraseEnd(phrase, wordAt, at, false, this.#through.budget) >= 0)
    })
  }

  /** A word, or anything that stands for it. */
  async #word(word: ResolvedWord, field: string | null, isExcluding: boolean): Promise<Query> {
    const has = hasAllOf(await this.#scored(word))
    if (field === null) return has
    const phrases: Query[] = []
    for (const phrase of word.phrases) phrases.push(await this.#phrase(phrase, field, isExcluding))
    const own = hasPositions(field)
      ? await this.#wordInTokens(word, field, has, isExcluding)
      : await this.#valueQuery(field, allOf([has, hasField(field)]), isExcluding, (words) =>
          words.some((found) => !['similar', undefined].includes(matchWords(found, word)?.kind)),
        )
    return anyOf([own, ...phrases])
  }

  #wordInTokens(word: ResolvedWord, field: 'title' | 'text', has: Query, isExcluding: boolean): Promise<Query> {
    const { documents } = this.#through
    const { forms } = documents.table
    const parts = word.word.parts.map(({ term }) => term)
    return this.#readQuery(has, isExcluding, 'read', () => {
      const matches = new FormMatcher(forms.view(), [word])
      return (docId) => {
        const { tokens, title, text } = documents.streamOf(docId)
        const found = new Set<string>()
        const [start, end] = field === 'title' ? [0, title] : [title, title + text]
        for (let at = start; at < end; at++) {
          const form = (tokens[at] as number) & FORM_MASK
          const [match] = matches.of(form)
          if (match?.whole === true) return true
          if (match !== undefined) found.add(forms.terms[forms.termOfForm(form)] as string)
        }
        return parts.length > 0 && parts.every((term) => found.has(term))
      }
    })
  }

  /** A word in any of its forms, or as a piece of a word with hyphens. */
  async #strict(queryWord: QueryWord, field: string | null, isExcluding: boolean): Promise<Query> {
    const { word, prefix } = queryWord
    if (hasPositions(field)) {
      const place = field ?? 'any'
      const own: Query = { term: { [STRICT[place]]: storedTerm(word.term) } }
      if (prefix !== 'asked') return own
      return anyOf([own, { prefix: { [BEGINS[place]]: { value: storedTerm(orderKey(word.key)) } } }])
    }
    const wanted: ExpandedWord = { ...queryWord, alternatives: [], expansions: [], phrases: [] }
    return this.#valueQuery(field, hasField(field), isExcluding, (words) =>
      words.some((found) => {
        const kind = matchWords(found, wanted)?.kind
        if (kind === undefined || kind === 'similar') return false
        return kind !== 'part' || phraseWord(found, this.#analyzer).units.some(({ term }) => term === word.term)
      }),
    )
  }

  /** The articles of a query one of whose values of a field passes. */
  #valueQuery(
    field: string,
    query: Query,
    isExcluding: boolean,
    test: (words: readonly Word[]) => boolean,
  ): Promise<Query> {
    const { documents } = this.#through
    return this.#readQuery(query, isExcluding, 'readArticles', () => (docId) => {
      const article = documents.article(docId)
      const values = article === undefined ? [] : valuesOf(article, field)
      return values.some((value) => test(this.#analyzer.analyze(String(value)).words))
    })
  }

  /**
   * The articles of a query that pass.
   * @param prepared makes the test, once the articles that it is used for are read
   */
  async #readQuery(
    query: Query,
    isExcluding: boolean,
    what: 'read' | 'readArticles',
    prepared: () => (docId: number) => boolean,
  ): Promise<Query> {
    const { budget } = this.#through
    const passing: number[] = []
    const isComplete = await lookThrough(this.#through, query, what, (docIds) => {
      const test = prepared()
      passing.push(...docIds.filter(test))
    })
    if (!isComplete) {
      if (isExcluding) budget.refuse('operators')
      budget.cut('words')
    }
    return numbered(passing)
  }
}

const hasField = (field: string): Query => ({ term: { fields: bounded(canonicalField(field)) } })

function valuesOf(article: Article, name: string): readonly FieldValue[] {
  const field = canonicalField(name)
  if (field === 'id') return [article.id]
  return fieldsOf(article).find(([one]) => one === field)?.[1] ?? []
}
