import { isOtherThanGerman } from '../../language/tags.ts'
import type { DocSet } from '../docset/filter-docs.ts'
import type { DocValuesColumn } from '../segment/doc-values-column.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** What of a column has been looked at. */
interface Seen {
  entries: number
  docSet: DocSet
  isAny: boolean
  /** By code whether it is another language. */
  readonly codes: boolean[]
}

/** Of a column as long as it lives: it only grows. */
const remembered = new WeakMap<DocValuesColumn, Seen>()

/**
 * The articles whose `language` is another one than German, tombstones among them; null where there is none. Takes time in proportion to what has come since it was
 * asked last.
 */
export function articlesInOtherLanguages(index: ArticleIndex): DocSet | null {
  const column = index.fields.column('language')
  if (column === undefined) return null
  let seen = remembered.get(column)
  if (seen === undefined) {
    seen = { entries: 0, docSet: new Uint8Array(index.documents.size), isAny: false, codes: [] }
    remembered.set(column, seen)
  }
  const { docIds, entries, length } = column
  for (let entry = seen.entries; entry < length; entry++) {
    const code = entries[entry] as number
    seen.codes[code] ??= isOtherThanGerman(column.lowered(code))
    if (seen.codes[code] !== true) continue
    const docId = docIds[entry] as number
    if (docId >= seen.docSet.length) seen.docSet = grown(seen.docSet, Math.max(index.documents.size, docId + 1))
    seen.docSet[docId] = 1
    seen.isAny = true
  }
  seen.entries = length
  return seen.isAny ? seen.docSet : null
}

function grown(docSet: DocSet, size: number): DocSet {
  const larger = new Uint8Array(Math.max(size, docSet.length * 1.5))
  larger.set(docSet)
  return larger
}
