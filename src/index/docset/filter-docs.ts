// The room `index/docset`: sets of documents: which fulfil a filter, which are alike, in what order they stand, what values they have. It
// reads `segment` and knows filters and sort keys, no words of a query.

import type { FieldValue } from '../../article/article-fields.ts'
import { canonicalField, isNullable } from '../../article/searched-fields.ts'
import { NUMBER, type ValueCondition, type ValueTest, valueTest } from '../../search/filter/condition.ts'
import { simplified } from '../../search/filter/simplify.ts'
import type { FilterNode } from '../../search/filter/tree.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { lowered } from '../segment/case-folded-table.ts'
import type { DocValuesColumn } from '../segment/doc-values-column.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** By docId 1 for those that are meant. */
export type DocSet = Uint8Array

/**
 * The articles that fulfil a filter, tombstones among them. Whether a field equals something is a look-up; for any other condition
 * each distinct value is tested once. Beside that each condition takes time in proportion to the number of articles.
 * @throws FundstelleError `request_costly`
 */
export function filterDocSet(index: ArticleIndex, filter: FilterNode, budget: WorkBudget): Promise<DocSet> {
  return new Filter(index, budget).docSet(simplified(filter))
}

class Filter {
  readonly #index: ArticleIndex
  readonly #budget: WorkBudget
  readonly #since: number

  constructor(index: ArticleIndex, budget: WorkBudget) {
    this.#index = index
    this.#budget = budget
    this.#since = budget.spent
  }

  async docSet(node: FilterNode): Promise<DocSet> {
    const budget = this.#budget
    budget.spend(COST.document * this.#index.documents.size)
    budget.demand('filter', this.#since)
    if (budget.isHolding) await budget.giveWay()
    switch (node.kind) {
      case 'and':
      case 'or': {
        // one after the other: a thousand conditions need no thousand sets
        let all = await this.docSet(node.nodes[0] as FilterNode)
        for (const one of node.nodes.slice(1)) all = combined(node.kind, [all, await this.docSet(one)])
        return all
      }
      case 'not':
        return complement(await this.docSet(node.node))
      case 'exists':
        return this.#existence(canonicalField(node.field))
      case 'null': {
        const field = canonicalField(node.field)
        return isNullable(field) ? complement(this.#existence(field)) : emptyDocSet(this.#index)
      }
      case 'empty': {
        const column = this.#index.fields.column(canonicalField(node.field))
        if (column === undefined) return emptyDocSet(this.#index)
        return marked(this.#withCodes(column, column.codesWith('')), column.docsWithEmptyList)
      }
      default: {
        const docSet = this.#condition(node)
        return node.kind === 'compare' && node.operator === '!=' ? complement(docSet) : docSet
      }
    }
  }

  #condition(condition: ValueCondition): DocSet {
    const field = canonicalField(condition.field)
    const isDate = field === 'date'
    const wanted = isDate ? null : equalValues(condition)
    if (field === 'id') return wanted === null ? this.#testedIds(condition) : this.#withIds(wanted)
    const column = this.#index.fields.column(field)
    if (column === undefined) return emptyDocSet(this.#index)
    if (wanted !== null)
      return this.#withCodes(
        column,
        wanted.flatMap((value) => codesEqual(column, value)),
      )
    return this.#tested(column, valueTest(condition, isDate))
  }

  #withIds(wanted: readonly string[]): DocSet {
    const docSet = emptyDocSet(this.#index)
    this.#budget.spend(COST.value * wanted.length)
    for (const id of wanted) for (const docId of this.#index.documents.docIdsWithId(lowered(id))) docSet[docId] = 1
    return docSet
  }

  #testedIds(condition: ValueCondition): DocSet {
    const docSet = emptyDocSet(this.#index)
    const { ids } = this.#index.documents
    const test = valueTest(condition, false)
    this.#budget.spend(COST.value * ids.length)
    for (let docId = 0; docId < ids.length; docId++) {
      const id = ids.at(docId) as string
      if (test(id, lowered(id))) docSet[docId] = 1
    }
    return docSet
  }

  /** Who has one of the values of these codes. */
  #withCodes(column: DocValuesColumn, codes: readonly number[]): DocSet {
    const docSet = emptyDocSet(this.#index)
    for (const code of codes) {
      const docIds = column.docIdsOfCode(code)
      this.#budget.spend(COST.value + COST.entry * docIds.length)
      marked(docSet, docIds)
    }
    return docSet
  }

  /** Who has a value that passes: each distinct value is tested once. */
  #tested(column: DocValuesColumn, test: ValueTest): DocSet {
    const { values, docIds, entries, length } = column
    this.#budget.spend(COST.value * values.length + COST.entry * length)
    const passed = new Uint8Array(values.length)
    for (let code = 0; code < values.length; code++)
      if (test(values.at(code) as FieldValue, column.lowered(code))) passed[code] = 1
    const docSet = emptyDocSet(this.#index)
    for (let entry = 0; entry < length; entry++) {
      const docId = docIds[entry] as number
      // branch-free: the branch would be mispredicted
      docSet[docId] = (docSet[docId] as number) | (passed[entries[entry] as number] as number)
    }
    return docSet
  }

  #existence(field: string): DocSet {
    const docSet = emptyDocSet(this.#index)
    if (field === 'id') return docSet.fill(1)
    const column = this.#index.fields.column(field)
    if (column === undefined) return docSet
    this.#budget.spend(COST.entry * column.length)
    return marked(marked(docSet, column.docIds.subarray(0, column.length)), column.docsWithEmptyList)
  }
}

/** What a condition asks a value to be equal to; null where it asks for something else. */
function equalValues(condition: ValueCondition): readonly string[] | null {
  if (condition.kind === 'in') return condition.values
  if (condition.kind !== 'compare') return null
  return condition.operator === '=' || condition.operator === '!=' ? [condition.value] : null
}

/** The codes of values that are written so, without regard to case, or are this number. */
function codesEqual(column: DocValuesColumn, wanted: string): readonly number[] {
  const codes = column.codesWith(lowered(wanted))
  const number = NUMBER.test(wanted) ? column.codeOf(Number(wanted)) : undefined
  return number === undefined || codes.includes(number) ? codes : [...codes, number]
}

/** In place. */
function marked(docSet: DocSet, docIds: Uint32Array): DocSet {
  for (let i = 0; i < docIds.length; i++) docSet[docIds[i] as number] = 1
  return docSet
}

/** Who is still there. */
export function liveDocSet({ documents: { deletedDocs, size } }: ArticleIndex): DocSet {
  const docSet = new Uint8Array(size)
  for (let docId = 0; docId < size; docId++) docSet[docId] = 1 - (deletedDocs[docId] as number)
  return docSet
}

export const emptyDocSet = (index: ArticleIndex): DocSet => new Uint8Array(index.documents.size)

/** In place. */
export function complement(docSet: DocSet): DocSet {
  for (let i = 0; i < docSet.length; i++) docSet[i] = 1 - (docSet[i] as number)
  return docSet
}

/** The intersection (`and`) or union (`or`) of several sets, in place of the first. */
export function combined(kind: 'and' | 'or', docSets: readonly DocSet[]): DocSet {
  const [first, ...others] = docSets
  const all = first as DocSet
  for (const other of others) {
    if (kind === 'and') for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) & (other[i] as number)
    else for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) | (other[i] as number)
  }
  return all
}
