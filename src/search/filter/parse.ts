// The room `search/filter`: the filter's language: reading it, its conditions, making it simpler. It imports the article's fields alone.

import { type ErrorParam, FundstelleError } from '../../errors.ts'
import { dateValue } from './dates.ts'
import type { Comparison, FilterNode } from './tree.ts'

/** Parentheses and NOTs within each other. */
export const FILTER_DEPTH_MAX = 100
/** Each takes time in proportion to the number of articles. */
export const FILTER_CONDITIONS_MAX = 1000
/** What of a wrong piece an error shows. */
const SHOWN_MAX = 40

type Token =
  | { readonly kind: 'bare' | 'quoted'; readonly text: string; readonly start: number }
  | { readonly kind: 'operator'; readonly text: Comparison; readonly start: number }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | '[' | ']' | ','; readonly start: number }
  | { readonly kind: 'end'; readonly text: ''; readonly start: number }

const BARE = /[\p{L}\p{M}\p{N}_.-]+/uy
const OPERATOR = /!=|<=|>=|[=<>]/y
const BLANK = /\s+/y
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

const EXPECTED = {
  condition: { de: 'ein Feld, NOT oder „(“', en: 'a field, NOT or “(”' },
  operator: {
    de: '=, !=, <, <=, >, >=, ein Wert und TO, IN, EXISTS, IS, CONTAINS oder STARTS WITH',
    en: '=, !=, <, <=, >, >=, a value and TO, IN, EXISTS, IS, CONTAINS or STARTS WITH',
  },
  negated: { de: 'IN, EXISTS, CONTAINS oder STARTS WITH', en: 'IN, EXISTS, CONTAINS or STARTS WITH' },
  value: {
    de: 'ein Wert: Buchstaben, Ziffern, „-“, „_“ und „.“, anderes in Anführungszeichen',
    en: 'a value: letters, digits, “-”, “_” and “.”, anything else in quotes',
  },
  to: { de: 'TO und ein zweiter Wert', en: 'TO and a second value' },
  is: { de: 'NULL, EMPTY, NOT NULL oder NOT EMPTY', en: 'NULL, EMPTY, NOT NULL or NOT EMPTY' },
  with: { de: 'WITH', en: 'WITH' },
  list: { de: '„[“ und Werte, durch Kommas getrennt', en: '“[” and values parted by commas' },
  next: { de: '„,“ oder „]“', en: '“,” or “]”' },
  close: { de: '„)“', en: '“)”' },
  joint: { de: 'AND, OR oder das Ende', en: 'AND, OR or the end' },
  field: {
    de: 'ein Feld außer „text“: im Text sucht die Anfrage selbst',
    en: 'a field other than “text”: the query itself searches the text',
  },
  date: {
    de: 'ein Datum wie 2024, 2024-03, 2024-03-31 oder 31.3.2024, mit Uhrzeit in Anführungszeichen',
    en: 'a date such as 2024, 2024-03, 2024-03-31 or 31.3.2024, with a time in quotes',
  },
  quote: { de: 'ein schließendes Anführungszeichen', en: 'a closing quote' },
} as const satisfies Record<string, ErrorParam>

/**
 * Reads a filter: `ort = "Kursk, Russland" AND verletzte >= 1000 AND NOT tags IN [a, b]`. AND binds closer than OR, NOT closer than
 * both. Keywords are read in capitals and in lower case. Takes time in proportion to the filter's length.
 * @returns null for an empty filter, which allows everything
 * @throws FundstelleError `filter_wrong`, saying at which character what was got and what was expected; `filter_deep`, `filter_long`
 */
export function parseFilter(filter: string): FilterNode | null {
  const parser = new FilterParser(filter, tokensOf(filter))
  return parser.read()
}

class FilterParser {
  readonly #filter: string
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0
  #conditions = 0

  constructor(filter: string, tokens: readonly Token[]) {
    this.#filter = filter
    this.#tokens = tokens
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
    if (field === 'text') throw wrong(this.#filter, (this.#tokens[place] as Token).start, EXPECTED.field)
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
    if (field === 'date' && dateValue(value) === null)
      throw wrong(this.#filter, (this.#tokens[place] as Token).start, EXPECTED.date)
  }

  /** A field or value; a keyword is none unless it is quoted. */
  #word(expected: keyof typeof EXPECTED): string {
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

  #fail(expected: keyof typeof EXPECTED): never {
    throw this.#wrong(expected)
  }

  #wrong(expected: keyof typeof EXPECTED): FundstelleError {
    return wrong(this.#filter, this.#next.start, EXPECTED[expected])
  }
}

function tokensOf(filter: string): Token[] {
  const tokens: Token[] = []
  let position = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position
    const found = pattern.exec(filter)?.[0]
    if (found !== undefined) position += found.length
    return found
  }
  while (position < filter.length) {
    if (match(BLANK) !== undefined) continue
    const start = position
    const sign = filter[position] as string
    const operator = match(OPERATOR)
    if (operator !== undefined) tokens.push({ kind: 'operator', text: operator as Comparison, start })
    else if ('()[],'.includes(sign)) {
      tokens.push({ kind: 'sign', text: sign as '(', start })
      position += 1
    } else if (sign === '"' || sign === "'") {
      const end = closingQuote(filter, position, sign)
      tokens.push({ kind: 'quoted', text: filter.slice(position + 1, end).replace(/\\(.)/gsu, '$1'), start })
      position = end + 1
    } else {
      const text = match(BARE)
      if (text === undefined) throw wrong(filter, start, EXPECTED.value)
      tokens.push({ kind: 'bare', text, start })
    }
  }
  tokens.push({ kind: 'end', text: '', start: filter.length })
  return tokens
}

function closingQuote(filter: string, start: number, quote: string): number {
  for (let at = start + 1; at < filter.length; at++) {
    if (filter[at] === '\\') at += 1
    else if (filter[at] === quote) return at
  }
  throw wrong(filter, filter.length, EXPECTED.quote)
}

/** The rest of the filter from the wrong piece on says better what was got than the piece alone. */
function wrong(filter: string, start: number, expected: ErrorParam): FundstelleError {
  const rest = [...filter.slice(start, start + (SHOWN_MAX + 1) * 2)]
  const shown = rest.slice(0, SHOWN_MAX).join('') + (rest.length > SHOWN_MAX ? '…' : '')
  const got: ErrorParam = shown === '' ? { de: 'das Ende', en: 'the end' } : { de: `„${shown}“`, en: `“${shown}”` }
  return new FundstelleError('filter_wrong', { column: [...filter.slice(0, start)].length + 1, got, expected })
}
