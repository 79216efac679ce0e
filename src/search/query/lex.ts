/** A piece of a query. Offsets are UTF-16 units of the query. */
export type Lexeme =
  | { readonly kind: 'word' | 'prefix' | 'phrase'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'and' | 'or' | 'not'; readonly start: number; readonly end: number }
  | { readonly kind: 'minus' | 'open' | 'close' }
  | { readonly kind: 'field'; readonly name: string }

/** Parentheses deeper than this mean nothing. */
export const DEPTH_MAX = 32

const OPERATORS: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['UND', 'and'],
  ['OR', 'or'],
  ['ODER', 'or'],
  ['NOT', 'not'],
  ['NICHT', 'not'],
])

const BLANK = /\s/
const QUOTE = /["„“”»«]/
/** Excludes what follows; two of them, or one alone, are signs like others. */
const MINUS = /^-(?=[\p{L}\p{N}("„“”»«])/u
const GLUED = /^-?[\p{L}\p{N}]/u
const ENDING = /[()"„“”»«]/
/** What stands before a shortened word. */
const PAIRING = /^(?:und|oder|sowie|bzw\.?|&|\/)$/
/** A number below nought: -5 Grad. */
const AMOUNT = /^-\p{N}[\p{N}.,]*\s*(?:[°%€]|(?:Grad|Prozent|Celsius|Euro|Meter|Punkte?|C|m|km)(?![\p{L}\p{N}]))/iu
/** Whether a minus is that of a number, or of a shortened word: Frauenfußball und -handball; Winterjacken, -schuhe. */
const isNoExclusion = (rest: string, before: string): boolean =>
  AMOUNT.test(rest) || PAIRING.test(before) || (before.endsWith(',') && /^-\p{Ll}/u.test(rest))
/** The name of a field and what is wanted in it. The endings of women's forms are no words of their own: Nutzer:innen. */
const FIELD = /^([\p{L}_][\p{L}\p{N}_.-]*):(?=[^\s:/)])(?!in(?:nen)?(?![\p{L}\p{N}]))/u
/** Whether a text can stand behind the colon without parentheses. */
export const isFieldValue = (text: string): boolean => FIELD.test(`x:${text}`) && !/^[("„“”»«]|\s/.test(text)
const PREFIX = /^(.*[\p{L}\p{N}])\*+$/u

/**
 * Cuts a query into its pieces. Takes time in proportion to its length.
 * @param isField whether articles have a field of this name; what stands before a colon is a word like others where they do not
 */
export function lex(query: string, isField: (name: string) => boolean): Lexeme[] {
  const lexemes: Lexeme[] = []
  const lastQuote = query.search(/["„“”»«][^"„“”»«]*$/)
  const halves = halvesOf(query)
  /** For each parenthesis that is open whether it counts. */
  const open: boolean[] = []
  let depth = 0
  let before = ''
  let position = 0

  const readOpening = (): boolean => {
    if (query[position] !== '(') return false
    const counts = depth < DEPTH_MAX
    open.push(counts)
    if (counts) {
      depth += 1
      lexemes.push({ kind: 'open' })
    }
    position += 1
    return true
  }

  const readPhrase = (): boolean => {
    if (!QUOTE.test(query[position] as string)) return false
    const start = position + 1
    if (position < lastQuote) {
      let end = start
      while (!QUOTE.test(query[end] as string)) end += 1
      // a quotation that is part of a longer word is no phrase: „Model C“-Schulen
      if (GLUED.test(query.slice(end + 1, end + 4))) {
        const opening = position
        position = end + 1
        while (
          position < query.length &&
          !BLANK.test(query[position] as string) &&
          !ENDING.test(query[position] as string)
        )
          position += 1
        before = query.slice(opening, position)
        lexemes.push({ kind: 'word', text: before, start: opening, end: position })
        return true
      }
      const text = query.slice(start, end)
      if (text.trim() !== '') lexemes.push({ kind: 'phrase', text, start, end })
      position = end + 1
    } else position = start
    before = ''
    return true
  }

  const readWord = (mayOperate: boolean): void => {
    const start = position
    // a word may have parentheses of its own: Bürger(innen) is one, but not Haus(boot or
    for (; position < query.length && !BLANK.test(query[position] as string); position++) {
      const half = halves[position] as number
      if (query[position] === '(' ? half < 0 : query[position] === ')' && half < start) break
    }
    const text = query.slice(start, position)
    if (text === '') return
    const operator = OPERATORS.get(text)
    const prefix = PREFIX.exec(text)
    before = text
    if (operator !== undefined && mayOperate) lexemes.push({ kind: operator, start, end: position })
    else if (prefix !== null) lexemes.push({ kind: 'prefix', text: prefix[1] as string, start, end: position })
    else lexemes.push({ kind: 'word', text: asWord(text), start, end: position })
  }

  while (position < query.length) {
    const sign = query[position] as string
    if (BLANK.test(sign)) position += 1
    else if (sign === ')') {
      if (open.pop() === true) {
        depth -= 1
        lexemes.push({ kind: 'close' })
      }
      position += 1
    } else if (readOpening() || readPhrase()) continue
    else {
      const rest = query.slice(position, position + FIELD_LENGTH_MAX)
      // behind a parenthesis it is the hyphen of a word: (Ober)-Bürgermeister
      if (sign === '-' && query[position - 1] === ')') {
        position += 1
        continue
      }
      const excludes = MINUS.test(rest) && !isNoExclusion(rest, before)
      if (excludes) {
        lexemes.push({ kind: 'minus' })
        position += 1
      }
      const named = FIELD.exec(excludes ? rest.slice(1) : rest)
      const field = named !== null && isField(named[1] as string) ? named : null
      if (field !== null) {
        lexemes.push({ kind: 'field', name: field[1] as string })
        position += (field[0] as string).length
      }
      if (!(excludes || field !== null) || !(readOpening() || readPhrase())) readWord(!excludes && field === null)
    }
  }
  for (const counts of open) if (counts) lexemes.push({ kind: 'close' })
  return lexemes
}

/** Longer names are no fields. */
const FIELD_LENGTH_MAX = 100

/** A word as it is; an operator that is none here, written so that it stays a word: Not, Oder. */
export const asWord = (text: string): string =>
  OPERATORS.has(text) ? text.slice(0, 1) + text.slice(1).toLowerCase() : text

/** For each parenthesis where its other half is within the same run without blanks, or -1. */
function halvesOf(query: string): Int32Array {
  const halves = new Int32Array(query.length).fill(-1)
  let open: number[] = []
  for (let at = 0; at < query.length; at++) {
    const sign = query[at] as string
    if (sign === '(') open.push(at)
    else if (sign === ')') {
      const other = open.pop()
      if (other !== undefined) [halves[at], halves[other]] = [other, at]
    } else if (BLANK.test(sign)) open = []
  }
  return halves
}
