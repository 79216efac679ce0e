/** A part of a word that is indexed beside the whole: offsets count from the word's own start. */
export interface WordPart {
  readonly start: number
  readonly end: number
  readonly term: string
  /** Set for stop words, such as the middle of Mund-zu-Mund-Beatmung: queries leave them out. */
  readonly stop?: true
}

/**
 * Why a word is indexed under a further term: it is one with the word after it (`joined`: Jonglier Keulen), was shortened
 * (`completed`: Vor- und Nachteile), parted from its prefix (`verb`: nimmt … teil), is a number, date or unit together with its
 * neighbours (`number`), or may be a form of a verb or an abbreviation as well (`verbLemma`: stand,
 * abgesagten, Kap.).
 */
export type AliasKind = 'joined' | 'completed' | 'verb' | 'number' | 'verbLemma'

/** A further term of a word, from what stands around it or from its second reading. */
export interface Alias {
  readonly kind: AliasKind
  readonly term: string
  /** Set for the words after the first that belong to the same occurrence: it is counted once and marked everywhere. */
  readonly isUncounted?: true
}

/** What the analysis knows of one word of a text. Depends on its form alone, so one object serves all its tokens. */
export interface Word {
  /** Names everything below: words of the same form are indexed alike. The key, and what aliases it has. */
  readonly form: string
  /** The word in lower case, NFC, without invisible characters: equal keys are the same spelling. */
  readonly key: string
  /** What the word is indexed under. Never empty, never begins with anything but a letter or a digit. */
  readonly term: string
  readonly stop: boolean
  readonly numeric: boolean
  /** The smallest parts of a compound or a word with hyphens, ascending and disjoint; empty where the word stays whole. */
  readonly parts: readonly WordPart[]
  /** Stretches of several parts, but not of all: the Verfassungsgericht of a Bundesverfassungsgericht. */
  readonly subCompounds: readonly WordPart[]
  readonly aliases: readonly Alias[]
  /** What rules about neighbouring words want to know: bits of traits.ts. */
  readonly traits: number
  /** The infinitive that the word may be a form of. */
  readonly verb: string | null
}

const SIGNS: Readonly<Record<AliasKind, string>> = {
  joined: '+',
  completed: '-',
  verb: '…',
  number: '#',
  verbLemma: '~',
}

/** In a form: the term of a word whose key alone does not tell it, such as the plural of capitals. */
const TERM_SIGN = /\|\^[^|]*/

/** The word with further terms. */
export function withAliases(word: Word, added: readonly Alias[]): Word {
  if (added.length === 0) return word
  const aliases = word.aliases.length === 0 ? added : [...word.aliases, ...added]
  let form = word.key
  // most forms are their keys
  if (word.form !== word.key) form += TERM_SIGN.exec(word.form)?.[0] ?? ''
  for (const { kind, term, isUncounted } of aliases)
    form += isUncounted === true ? `|${SIGNS[kind]}"${term}` : `|${SIGNS[kind]}${term}`
  return { ...word, aliases, form }
}

/** The key of a form. */
export function keyOfForm(form: string): string {
  const end = form.indexOf('|')
  return end < 0 ? form : form.slice(0, end)
}
