import type { Article } from '../article/article.ts'
import type { FundstelleError } from '../errors.ts'
import type { State } from './publication-words.ts'

/** A file, decoded: what a reader gets. */
export interface SourceText {
  /** The path relative to the PATH the user gave, with `/` on every system; articles without an id of their own take it. */
  readonly path: string
  /** The decoded text: no byte-order mark, line ends as `\n`. Not yet in NFC. */
  readonly text: string
  /** Which line of the file the text begins with, from 1; absent: the first. */
  readonly line?: number
}

/** An article that is public, for as long as its moments say (milliseconds since 1970; absent: always). */
export interface ArticleReading {
  readonly kind: 'article'
  readonly article: Article
  readonly line: number
  readonly from?: number
  readonly until?: number
}

export interface RefusalReading {
  readonly kind: 'refusal'
  readonly error: FundstelleError
  readonly line: number | null
}

/**
 * What became of one article of a file. `line` counts from 1. A warning tells of what its owner hardly meant; all of it is
 * read none the less. What is unpublished is left out, and counted by its state; `otherwise` is what it is where everything
 * is to be read, null for what never is an article.
 */
export type ReadResult =
  | ArticleReading
  | RefusalReading
  | { readonly kind: 'warning'; readonly error: FundstelleError; readonly line: number }
  | {
      readonly kind: 'unpublished'
      readonly state: State
      readonly otherwise: ArticleReading | RefusalReading | null
      /** What it is called, and where it stands, where it never is an article. */
      readonly title?: string
      readonly line?: number
    }

/** Makes articles of one file format. */
export interface Reader {
  readonly name: string
  /** File name endings in lower case, with the dot. */
  readonly extensions: readonly string[]
  /** Set where a file is one article: then a date in its path is the article's, should the file not have one. */
  readonly onePerFile?: true
  /** Set where every line stands for itself: then a file is read in pieces, and `read` is given one line at a time. */
  readonly onePerLine?: true
  /** Set where a file can declare its encoding (XML declaration, `<meta charset>`). */
  readonly markup?: true
  /**
   * Where an ending alone does not tell (`.xml`, `.json`): whether this text is of the format.
   * A file that no reader recognises is skipped and counted, with a warning, not refused.
   */
  recognises?(text: string): boolean
  /** Never throws for anything a file may hold: what is wrong becomes a refusal, everything else an article. */
  read(source: SourceText): Iterable<ReadResult>
}
