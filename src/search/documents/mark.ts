/** A word of a text that a query found, in UTF-16 units. */
export interface Mark {
  readonly start: number
  readonly end: number
  /** Which word of the query it matches. */
  readonly word: number
  /** Whether it belongs to a phrase, as the mark before it does: both are shown as one. */
  readonly isJoined?: boolean
}

/** The same where marks that are shown as one are one. */
export function joinedMarks(marks: readonly Mark[]): readonly Mark[] {
  if (!marks.some(({ isJoined }) => isJoined)) return marks
  const joined: Mark[] = []
  for (const mark of marks) {
    const before = joined.at(-1)
    if (mark.isJoined === true && before !== undefined) joined[joined.length - 1] = { ...before, end: mark.end }
    else joined.push(mark)
  }
  return joined
}
