import { isOtherThanGerman } from '../../language/tags.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { type DocSet, emptyDocSet } from '../docset/filter-docs.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** A field with more different values does not hold languages. */
const LANGUAGES_MAX = 500

/**
 * The articles whose `language` is another one than German, tombstones among them; null where there is none: then nothing was spent but a look at the languages that there are.
 */
export function articlesInOtherLanguages(index: ArticleIndex, budget: WorkBudget): DocSet | null {
  const column = index.fields.column('language')
  if (column === undefined || column.values.length > LANGUAGES_MAX) return null
  let docSet: DocSet | null = null
  for (let code = 0; code < column.values.length; code++) {
    if (!isOtherThanGerman(column.lowered(code))) continue
    docSet ??= emptyDocSet(index)
    const docIds = column.docIdsOfCode(code)
    budget.spend(COST.entry * docIds.length)
    for (const docId of docIds) docSet[docId] = 1
  }
  return docSet
}
