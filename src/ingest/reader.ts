import type { Article } from '../article.ts'
import type { FundstelleError } from '../errors.ts'

/** A file, decoded: what a reader gets. */
export interface SourceText {
  /** The path relative to the PATH the user gave, with `/` on every system; articles without an id of their own take it. */
  readonly path: string
  /** The decoded text: no byte-order mark, line ends as `\n`. Not yet in NFC. */
  readonly text: string
}

/**
 * What became of one article of a file. `line` counts from 1. A warning tells of what its owner hardly meant; all of it is
 * read none the less.
 */
export type Reading =
  | { readonly kind: 'article'; readonly article: Article; readonly line: number }
  | { readonly kind: 'refusal'; readonly error: FundstelleError; readonly line: number | null }
  | { readonly kind: 'warning'; readonly error: FundstelleError; readonly line: number }

/** Makes articles of one file format. */
export interface Reader {
  readonly name: string
  /** File name endings in lower case, with the dot. */
  readonly extensions: readonly string[]
  /** Set where a file is one article: then a date in its path is the article's, should the file not have one. */
  readonly onePerFile?: true
  /** Set where a file can declare its encoding (XML declaration, `<meta charset>`). */
  readonly markup?: true
  /**
   * Where an ending alone does not tell (`.xml`, `.json`): whether this text is of the format.
   * A file that no reader recognises is skipped and counted, with a warning, not refused.
   */
  recognises?(text: string): boolean
  /** Never throws for anything a file may hold: what is wrong becomes a refusal, everything else an article. */
  read(source: SourceText): Iterable<Reading>
}
