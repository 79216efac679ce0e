/** Where a page of a printed document begins; it ends where the next one does. */
export interface PageStart {
  readonly kind: 'page'
  /** In UTF-16 units of the article's text. */
  readonly start: number
  /** Of the page in the file, from 1, whatever is printed on it. */
  readonly number: number
}

/** What stands where in the text of an article, beside its words. */
export type StructureRange = PageStart

/** Ascending by `start`. */
export type Structure = readonly StructureRange[]

export const NO_STRUCTURE: Structure = []

/** On which page a place of the text stands; null where the article has no pages. */
export function pageAt(structure: Structure, place: number): number | null {
  let page: number | null = null
  for (const { kind, start, number } of structure) {
    if (kind !== 'page') continue
    if (start > place) break
    page = number
  }
  return page
}
