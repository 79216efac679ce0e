/** A stretch of an article's text, in UTF-16 units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Where a page of a printed document begins; it ends where the next one does. */
export interface PageStart {
  readonly kind: 'page'
  /** In UTF-16 units of the article's text. */
  readonly start: number
  /** Of the page in the file, from 1, whatever is printed on it. */
  readonly number: number
}

/** A heading; its section ends where the next heading of its level or a higher one begins. */
export interface Heading extends Stretch {
  readonly kind: 'heading'
  /** From 1, the highest, to 6. */
  readonly level: number
  /** What an address of the page needs behind `#` to lead here; absent where the page has none. */
  readonly anchor?: string
}

/** An item of a list. */
export interface ListItem extends Stretch {
  readonly kind: 'item'
  /** In how many lists it stands, from 1. */
  readonly depth: number
  readonly isOrdered: boolean
}

/** A row of a table; rows of one table follow each other. */
export interface TableRow extends Stretch {
  readonly kind: 'row'
  /** Where its cells but the first one begin. */
  readonly cells: readonly number[]
}

/** Lines of a program, or others whose blanks count. */
export interface CodeLines extends Stretch {
  readonly kind: 'code'
}

/** Blocks that are to be found, and shown in no snippet (`data-nosnippet`); whatever else they are stands beside it. */
export interface NoSnippet extends Stretch {
  readonly kind: 'nosnippet'
}

/** What stands where in the text of an article, beside its words. What is none of these is a paragraph. */
export type StructureRange = PageStart | Heading | ListItem | TableRow | CodeLines | NoSnippet

/** Ascending by `start`; but for pages and what no snippet shows none holds a part of another. */
export type Structure = readonly StructureRange[]

export const NO_STRUCTURE: Structure = []

/** Reads the structure of an article; where only what no snippet may show is wanted, which few articles have, others may be left out. */
export type StructureSource = (wanted?: 'nosnippet') => Structure

/** The stretches that no snippet may show, in their order. */
export function noSnippetsOf(structure: Structure): readonly Stretch[] {
  return structure.filter(({ kind }) => kind === 'nosnippet') as NoSnippet[]
}

/** On which page a place of the text stands; null where the article has no pages. */
export function pageAt(structure: Structure, place: number): number | null {
  let page: number | null = null
  for (const range of structure) {
    if (range.start > place) break
    if (range.kind === 'page') page = range.number
  }
  return page
}

/** The heading of the section that a place of the text stands in, or the heading that it stands in itself; null where none is above it. */
export function sectionAt(structure: Structure, place: number): Heading | null {
  let heading: Heading | null = null
  for (const range of structure) {
    if (range.start > place) break
    if (range.kind === 'heading') heading = range
  }
  return heading
}
