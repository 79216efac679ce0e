/** A text of which stretches can be read; a string is one. Where the rest is not needed it need not be in memory. */
export interface ArticleText {
  /** In UTF-16 units. */
  readonly length: number
  slice(start: number, end: number): string
}
