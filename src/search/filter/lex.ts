import { syntaxError } from './syntax-error.ts'
import type { Comparison } from './tree.ts'

/** A piece of a filter. Starts are UTF-16 units of the filter. */
export type Token =
  | { readonly kind: 'bare' | 'quoted'; readonly text: string; readonly start: number }
  | { readonly kind: 'operator'; readonly text: Comparison; readonly start: number }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | '[' | ']' | ','; readonly start: number }
  | { readonly kind: 'end'; readonly text: ''; readonly start: number }

const BARE = /[\p{L}\p{M}\p{N}_.-]+/uy
/** In Meilisearch a slash is a sign like those. */
const BARE_WITH_SLASHES = /[\p{L}\p{M}\p{N}_./-]+/uy
const OPERATOR = /!=|<=|>=|[=<>]/y
const BLANK = /\s+/y

/**
 * Cuts a filter into its pieces; the last one is its end. Takes time in proportion to its length.
 * @param hasSlashes whether values without quotes may have slashes in them
 * @throws FundstelleError `filter_wrong` where a quote is not closed, or where no piece begins with a sign
 */
export function lex(filter: string, hasSlashes = false): Token[] {
  const bare = hasSlashes ? BARE_WITH_SLASHES : BARE
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
      const text = match(bare)
      if (text === undefined) throw syntaxError(filter, start, 'value')
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
  throw syntaxError(filter, filter.length, 'quote')
}
