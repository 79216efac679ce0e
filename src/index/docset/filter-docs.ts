import type { FieldValue } from '../../article/article-fields.ts'
import { canonicalField, isNullable } from '../../article/searched-fields.ts'
import { NUMBER, type ValueCondition, type ValueTest, valueTest } from '../../search/filter/condition.ts'
import { simplified } from '../../search/filter/simplify.ts'
import type { FilterNode } from '../../search/filter/tree.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { type DocValuesColumn, lowered } from '../segment/doc-values.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** By docId 1 for those that are meant. */
export type DocSet = Uint8Array

/**
 * The articles that fulfil a filter, tombstones among them. Whether a field equals something is a look-up; for any other condition
 * each distinct value is tested once. Beside that each condition takes time in proportion to the number of articles.
 * @throws FundstelleError `request_costly`
 */
export function filterMask(index: ArticleIndex, filter: FilterNode, budget: WorkBudget): Promise<DocSet> {
  return new Filter(index, budget).mask(simplified(filter))
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

  async mask(node: FilterNode): Promise<DocSet> {
    const budget = this.#budget
    budget.spend(COST.document * this.#index.documents.size)
    budget.demand('filter', this.#since)
    if (budget.isHolding) await budget.giveWay()
    switch (node.kind) {
      case 'and':
      case 'or': {
        // one after the other: a thousand conditions need no thousand masks
        let all = await this.mask(node.nodes[0] as FilterNode)
        for (const one of node.nodes.slice(1)) all = joined(node.kind, [all, await this.mask(one)])
        return all
      }
      case 'not':
        return complement(await this.mask(node.node))
      case 'exists':
        return this.#existence(canonicalField(node.field))
      case 'null': {
        const field = canonicalField(node.field)
        return isNullable(field) ? complement(this.#existence(field)) : emptyMask(this.#index)
      }
      case 'empty': {
        const column = this.#index.fields.column(canonicalField(node.field))
        if (column === undefined) return emptyMask(this.#index)
        return marked(this.#withCodes(column, column.codesWith('')), column.emptied)
      }
      default: {
        const mask = this.#condition(node)
        return node.kind === 'compare' && node.operator === '!=' ? complement(mask) : mask
      }
    }
  }

  #condition(condition: ValueCondition): DocSet {
    const field = canonicalField(condition.field)
    const isDate = field === 'date'
    const wanted = isDate ? null : equalValues(condition)
    if (field === 'id') return wanted === null ? this.#testedIds(condition) : this.#withIds(wanted)
    const column = this.#index.fields.column(field)
    if (column === undefined) return emptyMask(this.#index)
    if (wanted !== null)
      return this.#withCodes(
        column,
        wanted.flatMap((value) => codesEqual(column, value)),
      )
    return this.#tested(column, valueTest(condition, isDate))
  }

  #withIds(wanted: readonly string[]): DocSet {
    const mask = emptyMask(this.#index)
    this.#budget.spend(COST.value * wanted.length)
    for (const id of wanted) for (const docId of this.#index.documents.docIdsWithId(lowered(id))) mask[docId] = 1
    return mask
  }

  #testedIds(condition: ValueCondition): DocSet {
    const mask = emptyMask(this.#index)
    const { ids } = this.#index.documents
    const test = valueTest(condition, false)
    this.#budget.spend(COST.value * ids.length)
    for (let docId = 0; docId < ids.length; docId++) {
      const id = ids[docId] as string
      if (test(id, lowered(id))) mask[docId] = 1
    }
    return mask
  }

  /** Who has one of the values of these codes. */
  #withCodes(column: DocValuesColumn, codes: readonly number[]): DocSet {
    const mask = emptyMask(this.#index)
    for (const code of codes) {
      const docIds = column.docIdsOfCode(code)
      this.#budget.spend(COST.value + COST.entry * docIds.length)
      marked(mask, docIds)
    }
    return mask
  }

  /** Who has a value that passes: each distinct value is tested once. */
  #tested(column: DocValuesColumn, test: ValueTest): DocSet {
    const { values, docIds, entries, length } = column
    this.#budget.spend(COST.value * values.length + COST.entry * length)
    const passed = new Uint8Array(values.length)
    for (let code = 0; code < values.length; code++)
      if (test(values[code] as FieldValue, column.lowered(code))) passed[code] = 1
    const mask = emptyMask(this.#index)
    for (let entry = 0; entry < length; entry++) {
      const docId = docIds[entry] as number
      // without a branch: which values pass nobody can predict
      mask[docId] = (mask[docId] as number) | (passed[entries[entry] as number] as number)
    }
    return mask
  }

  #existence(field: string): DocSet {
    const mask = emptyMask(this.#index)
    if (field === 'id') return mask.fill(1)
    const column = this.#index.fields.column(field)
    if (column === undefined) return mask
    this.#budget.spend(COST.entry * column.length)
    return marked(marked(mask, column.docIds.subarray(0, column.length)), column.emptied)
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

/** Changes the mask. */
function marked(mask: DocSet, docIds: Uint32Array): DocSet {
  for (let i = 0; i < docIds.length; i++) mask[docIds[i] as number] = 1
  return mask
}

/** Who is still there. */
export function livingMask({ documents: { deletedDocs, size } }: ArticleIndex): DocSet {
  const mask = new Uint8Array(size)
  for (let docId = 0; docId < size; docId++) mask[docId] = 1 - (deletedDocs[docId] as number)
  return mask
}

export const emptyMask = (index: ArticleIndex): DocSet => new Uint8Array(index.documents.size)

/** Changes the mask. */
export function complement(mask: DocSet): DocSet {
  for (let i = 0; i < mask.length; i++) mask[i] = 1 - (mask[i] as number)
  return mask
}

/** All of several masks, or any; changes the first. */
export function joined(kind: 'and' | 'or', masks: readonly DocSet[]): DocSet {
  const [first, ...others] = masks
  const all = first as DocSet
  for (const other of others) {
    if (kind === 'and') for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) & (other[i] as number)
    else for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) | (other[i] as number)
  }
  return all
}
