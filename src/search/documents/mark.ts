/** A word of a text that a query found, in UTF-16 units. */
export interface Mark {
  readonly start: number
  readonly end: number
  /** Which word of the query it matches. */
  readonly word: number
}
