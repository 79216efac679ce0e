import { LANGUAGES, LANGUAGES_OF_WORD } from '../../language/function-words.ts'
import type { QueryNode } from './tree.ts'

/** UTF-16 units that are looked at: a longer query is a text, and its beginning tells its language. */
const LENGTH_MAX = 400
/** Single letters are names: Vitamin D, Plan A. Words with hyphens are one: the us of US-Präsident is no English. */
const WORD = /\p{L}+(?:[-’']\p{L}+)*/gu
const LETTER = /\p{L}/gu
const LATIN = /\p{Script=Latin}/gu
/** Short words in capitals beside others are abbreviations. */
const ABBREVIATION_LENGTH_MAX = 3
const GERMAN = LANGUAGES.indexOf('de')

/** Function words of other languages that German has as other words: with these nobody says that a query is not German. */
const GERMAN_TOO: ReadonlySet<string> = new Set(
  (
    'recht dom tot ton ja ei per pro contra kontra los mais not plus art fast tag land bar rat mal son dos alle bei ' +
    'her hier min ser den des war will was so man mit plan gut rest arm most bald kein nie also am an um in es'
  ).split(' '),
)

/**
 * Whether a query is in another language than German: that has more of its function words than German has, or its letters are not Latin ones. A query without
 * function words may be German, be it names or words that both languages have.
 * @param query its words alone, without operators and names of fields
 */
export function isInOtherLanguage(query: string): boolean {
  const text = query.slice(0, LENGTH_MAX).normalize('NFC')
  const letters = countOf(text, LETTER)
  if (letters > 0 && countOf(text, LATIN) < letters / 2) return true
  const hasSmall = text !== text.toUpperCase()
  const counts = new Uint32Array(LANGUAGES.length)
  for (const written of text.match(WORD) ?? []) {
    const isAbbreviation = hasSmall && written.length <= ABBREVIATION_LENGTH_MAX && written === written.toUpperCase()
    const word = written.toLowerCase()
    if (word.length < 2 || isAbbreviation) continue
    const places = LANGUAGES_OF_WORD.get(word) ?? []
    const isGermanToo = GERMAN_TOO.has(word)
    for (const place of places) if (place === GERMAN || !isGermanToo) counts[place] = (counts[place] as number) + 1
  }
  return Math.max(...counts) > (counts[GERMAN] as number)
}

const countOf = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0

/** The words that a query wants, without operators and names of fields, in their order. */
export function wordsOfTree(tree: QueryNode | null): string {
  const words: string[] = []
  const enter = (node: QueryNode): void => {
    if ('text' in node) words.push(node.text)
    else if (node.kind === 'field') enter(node.node)
    else if (node.kind === 'not') return
    else for (const inner of node.nodes) enter(inner)
  }
  if (tree !== null) enter(tree)
  return words.join(' ')
}
