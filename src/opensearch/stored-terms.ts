/** What would part terms, or a term from its frequency, in a field whose tokens stand between blanks: blanks, control characters, halves of characters, the signs used here. */
const SIGNS = /[\s\p{C}|%]/gu

/** Between a term and how often an article has it. */
export const FREQUENCY_SIGN = '|'

/** A term as it stands in the cluster; different terms stay different. */
export const storedTerm = (term: string): string =>
  term.replace(SIGNS, (sign) => `%${(sign.codePointAt(0) as number).toString(16)};`)

/** A term with its frequency, for a field of postings. */
export const posting = (term: string, frequency: number): string => `${storedTerm(term)}${FREQUENCY_SIGN}${frequency}`

const STORED_SIGN = /%([0-9a-f]+);/g

/** The term that stands there so. */
export const termOfStored = (stored: string): string =>
  stored.includes('%')
    ? stored.replace(STORED_SIGN, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    : stored
