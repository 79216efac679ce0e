// The room `search/filter`: the filter's language: reading it, its conditions, making it simpler. It imports the article's fields alone.

import { FundstelleError } from '../../errors.ts'
import { dateValue } from './dates.ts'
import { lex, type Token } from './lex.ts'
import { type Expectation, syntaxError } from './syntax-error.ts'
import type { FilterNode } from './tree.ts'

/** Parentheses and NOTs within each other. */
export const FILTER_DEPTH_MAX = 100
/** Each takes time in proportion to the number of articles. */
export const FILTER_CONDITIONS_MAX = 1000

const KEYWORDS = new Set([
  'AND',
  'OR',
  'NOT',
  'TO',
  'IN',
  'EXISTS',
  'IS',
  'NULL',
  'EMPTY',
  'CONTAINS',
  'STARTS',
  'WITH',
])

/**
 * Reads a filter: `ort = "Kursk, Russland" AND verletzte >= 1000 AND NOT tags IN [a, b]`. AND binds closer than OR, NOT closer than
 * both. Keywords are read in capitals and in lower case. Takes time in proportion to the filter's length.
 * @param of whether fields are those of articles, whose `date` is one and whose `text` is none, or attributes of any documents
 * @returns null for an empty filter, which allows everything
 * @throws FundstelleError `filter_wrong`, saying at which character what was got and what was expected; `filter_deep`, `filter_long`
 */
export function parseFilter(filter: string, of: 'articles' | 'documents' = 'articles'): FilterNode | null {
  const parser = new FilterParser(filter, lex(filter, of === 'documents'), of === 'articles')
  return parser.read()
}

class FilterParser {
  readonly #filter: string
  readonly #tokens: readonly Token[]
  readonly #isOfArticles: boolean
  #at = 0
  #depth = 0
  #conditions = 0

  constructor(filter: string, tokens: readonly Token[], isOfArticles: boolean) {
    this.#filter = filter
    this.#tokens = tokens
    this.#isOfArticles = isOfArticles
  }

  read(): FilterNode | null {
    if (this.#isAtEnd()) return null
    const node = this.#or()
    if (!this.#isAtEnd()) throw this.#wrong('joint')
    return node
  }

  get #next(): Token {
    return this.#tokens[this.#at] as Token
  }

  #isAtEnd(): boolean {
    return this.#next.kind === 'end'
  }

  #or(): FilterNode {
    return this.#connected('or', 'OR', () => this.#connected('and', 'AND', () => this.#not()))
  }

  #connected(kind: 'and' | 'or', keyword: string, read: () => FilterNode): FilterNode {
    const nodes = [read()]
    while (this.#takes(keyword)) nodes.push(read())
    return nodes.length === 1 ? (nodes[0] as FilterNode) : { kind, nodes }
  }

  #not(): FilterNode {
    this.#depth += 1
    if (this.#depth > FILTER_DEPTH_MAX) throw new FundstelleError('filter_deep', { max: FILTER_DEPTH_MAX })
    const node = this.#takes('NOT') ? ({ kind: 'not', node: this.#not() } as const) : this.#condition()
    this.#depth -= 1
    return node
  }

  #condition(): FilterNode {
    if (this.#takesSign('(')) {
      const node = this.#or()
      if (!this.#takesSign(')')) throw this.#wrong('close')
      return node
    }
    this.#conditions += 1
    if (this.#conditions > FILTER_CONDITIONS_MAX)
      throw new FundstelleError('filter_long', { max: FILTER_CONDITIONS_MAX })
    const field = this.#field()
    const token = this.#next
    if (token.kind === 'operator') {
      this.#at += 1
      return { kind: 'compare', field, operator: token.text, value: this.#value(field) }
    }
    if (this.#takes('IS')) return this.#is(field)
    if (this.#takes('NOT')) return { kind: 'not', node: this.#positive(field) ?? this.#fail('negated') }
    return this.#positive(field) ?? this.#range(field)
  }

  /** What may follow a field, or a field and NOT. */
  #positive(field: string): FilterNode | null {
    if (this.#takes('EXISTS')) return { kind: 'exists', field }
    if (this.#takes('IN')) return { kind: 'in', field, values: this.#list(field) }
    if (this.#takes('CONTAINS')) return { kind: 'contains', field, value: this.#word('value') }
    if (!this.#takes('STARTS')) return null
    if (!this.#takes('WITH')) throw this.#wrong('with')
    return { kind: 'starts', field, value: this.#word('value') }
  }

  #is(field: string): FilterNode {
    const isNot = this.#takes('NOT')
    const kind = this.#takes('NULL') ? 'null' : this.#takes('EMPTY') ? 'empty' : this.#fail('is')
    return isNot ? { kind: 'not', node: { kind, field } } : { kind, field }
  }

  #range(field: string): FilterNode {
    const place = this.#at
    const from = this.#word('operator')
    if (!this.#takes('TO')) throw this.#wrong('to')
    this.#mustFit(field, from, place)
    return { kind: 'range', field, from, to: this.#value(field) }
  }

  #list(field: string): string[] {
    if (!this.#takesSign('[')) throw this.#wrong('list')
    const values: string[] = []
    while (!this.#takesSign(']')) {
      if (values.length > 0 && !this.#takesSign(',')) throw this.#wrong('next')
      // a comma behind the last value is no mistake
      if (values.length > 0 && this.#takesSign(']')) break
      values.push(this.#value(field))
    }
    return values
  }

  #field(): string {
    const place = this.#at
    const field = this.#word('condition')
    if (this.#isOfArticles && field === 'text')
      throw syntaxError(this.#filter, (this.#tokens[place] as Token).start, 'field')
    return field
  }

  /** A value to compare a field's with. */
  #value(field: string): string {
    const place = this.#at
    const value = this.#word('value')
    this.#mustFit(field, value, place)
    return value
  }

  #mustFit(field: string, value: string, place: number): void {
    if (this.#isOfArticles && field === 'date' && dateValue(value) === null)
      throw syntaxError(this.#filter, (this.#tokens[place] as Token).start, 'date')
  }

  /** A field or value; a keyword is none unless it is quoted. */
  #word(expected: Expectation): string {
    const token = this.#next
    const isWord = token.kind === 'quoted' || (token.kind === 'bare' && !KEYWORDS.has(token.text))
    if (!isWord) throw this.#wrong(expected)
    this.#at += 1
    return token.text
  }

  #takes(keyword: string): boolean {
    const token = this.#next
    if (token.kind !== 'bare' || token.text.toUpperCase() !== keyword) return false
    this.#at += 1
    return true
  }

  #takesSign(sign: string): boolean {
    const token = this.#next
    if (token.kind !== 'sign' || token.text !== sign) return false
    this.#at += 1
    return true
  }

  #fail(expected: Expectation): never {
    throw this.#wrong(expected)
  }

  #wrong(expected: Expectation): FundstelleError {
    return syntaxError(this.#filter, this.#next.start, expected)
  }
}
