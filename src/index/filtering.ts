import type { FieldValue } from '../search/article-fields.ts'
import { canonicalField, isNullable } from '../search/fields.ts'
import { type ValueCondition, type ValueTest, valueTest } from '../search/filter/condition.ts'
import type { FilterNode } from '../search/filter/tree.ts'
import type { ArticleIndex } from './article-index.ts'
import { type FieldColumn, lowered } from './fields.ts'

/** By ordinal 1 for those that are meant. */
export type Mask = Uint8Array

/**
 * The articles that fulfil a filter, tombstones among them. Every distinct value of a field is tested once; then it takes time in
 * proportion to the number of articles for each condition.
 */
export function filterMask(index: ArticleIndex, node: FilterNode): Mask {
  switch (node.kind) {
    case 'and':
    case 'or':
      // one after the other: a thousand conditions need no thousand masks
      return node.nodes
        .slice(1)
        .reduce(
          (all, one) => joined(node.kind, [all, filterMask(index, one)]),
          filterMask(index, node.nodes[0] as FilterNode),
        )
    case 'not':
      return complement(filterMask(index, node.node))
    case 'exists':
      return existence(index, canonicalField(node.field))
    case 'null': {
      const field = canonicalField(node.field)
      return isNullable(field) ? complement(existence(index, field)) : emptyMask(index)
    }
    case 'empty': {
      const field = canonicalField(node.field)
      const column = index.fields.column(field)
      if (column === undefined) return emptyMask(index)
      const blank = maskOfCodes(
        index,
        column,
        passes(column, (value) => value === ''),
      )
      return marked(blank, column.emptied)
    }
    default: {
      const mask = conditionMask(index, node)
      return node.kind === 'compare' && node.operator === '!=' ? complement(mask) : mask
    }
  }
}

function conditionMask(index: ArticleIndex, condition: ValueCondition): Mask {
  const field = canonicalField(condition.field)
  const test = valueTest(condition, field === 'date')
  if (field === 'id') {
    const mask = emptyMask(index)
    for (const [ordinal, id] of index.documents.ids.entries()) if (test(id, lowered(id))) mask[ordinal] = 1
    return mask
  }
  const column = index.fields.column(field)
  return column === undefined ? emptyMask(index) : maskOfCodes(index, column, passes(column, test))
}

/** By code 1 for the values of a column that pass. */
function passes(column: FieldColumn, test: ValueTest): Uint8Array {
  const { values } = column
  const passed = new Uint8Array(values.length)
  for (let code = 0; code < values.length; code++)
    if (test(values[code] as FieldValue, column.lowered(code))) passed[code] = 1
  return passed
}

/** Who has one of these values. */
function maskOfCodes(index: ArticleIndex, column: FieldColumn, passed: Uint8Array): Mask {
  const mask = emptyMask(index)
  const { ordinals, entries, length } = column
  for (let entry = 0; entry < length; entry++) {
    const ordinal = ordinals[entry] as number
    // without a branch: which values pass nobody can predict
    mask[ordinal] = (mask[ordinal] as number) | (passed[entries[entry] as number] as number)
  }
  return mask
}

function existence(index: ArticleIndex, field: string): Mask {
  const mask = emptyMask(index)
  if (field === 'id') return mask.fill(1)
  const column = index.fields.column(field)
  return column === undefined ? mask : marked(marked(mask, column.ordinals.subarray(0, column.length)), column.emptied)
}

/** Changes the mask. */
function marked(mask: Mask, ordinals: Uint32Array): Mask {
  for (let i = 0; i < ordinals.length; i++) mask[ordinals[i] as number] = 1
  return mask
}

/** Who is still there. */
export function livingMask({ documents: { dead, size } }: ArticleIndex): Mask {
  const mask = new Uint8Array(size)
  for (let ordinal = 0; ordinal < size; ordinal++) mask[ordinal] = 1 - (dead[ordinal] as number)
  return mask
}

export const emptyMask = (index: ArticleIndex): Mask => new Uint8Array(index.documents.size)

/** Changes the mask. */
export function complement(mask: Mask): Mask {
  for (let i = 0; i < mask.length; i++) mask[i] = 1 - (mask[i] as number)
  return mask
}

/** All of several masks, or any; changes the first. */
export function joined(kind: 'and' | 'or', masks: readonly Mask[]): Mask {
  const [first, ...others] = masks
  const all = first as Mask
  for (const other of others) {
    if (kind === 'and') for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) & (other[i] as number)
    else for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) | (other[i] as number)
  }
  return all
}
