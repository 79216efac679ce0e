import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterDocSet } from '../../../src/index/docset/filter-docs.ts'
import { parseFilter } from '../../../src/search/filter/parse.ts'
import { simplified } from '../../../src/search/filter/simplify.ts'
import type { FilterNode } from '../../../src/search/filter/tree.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { indexOf } from '../../support/memory-index.ts'
import '../../support/property.ts'

const simple = (filter: string): FilterNode => simplified(parseFilter(filter) as FilterNode)

describe('conditions that are one', () => {
  it.each([
    ['equal values of one field', 'ort = a OR ort = b OR meta.ort IN [c, d]', 'ort IN [a, b, c, d]'],
    ['excluded values of one field', 'ort != a AND NOT ort = b AND NOT ort IN [c]', 'NOT ort IN [a, b, c]'],
    ['others between them stay where they are', 'ort = a OR zahl > 3 OR ort = b', 'ort IN [a, b] OR zahl > 3'],
    ['different fields stay apart', 'ort = a OR id = b', 'ort = a OR id = b'],
    ['what must hold at once stays', 'ort = a AND ort = b', 'ort = a AND ort = b'],
    ['any of several that must not', 'ort != a OR ort != b', 'ort != a OR ort != b'],
    ['within others', 'NOT (zahl = 1 OR zahl = 2)', 'NOT zahl IN [1, 2]'],
  ])('%s: %s', (_, filter, same) => expect(simple(filter)).toEqual(parseFilter(same)))
})

const index = indexOf(
  ['a', 'b', 'c', 'A', '1'].map((ort, i) =>
    articleOf({ id: `id${i}`, text: 'x', meta: i < 4 ? { ort, zahl: i } : { zahl: 1 }, tags: [ort, 'b'] }),
  ),
)
const field = fc.constantFrom('ort', 'meta.ort', 'zahl', 'tags', 'id')
const value = fc.constantFrom('a', 'B', 'c', '1', '2', 'id0', 'ID3')
const leaf: fc.Arbitrary<FilterNode> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    field,
    operator: fc.constantFrom('=' as const, '!=' as const),
    value,
  }),
  fc.record({ kind: fc.constant('in' as const), field, values: fc.array(value, { maxLength: 3 }) }),
)
const { tree } = fc.letrec<{ tree: FilterNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('tree').map((node) => ({ kind: 'not' as const, node })),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      nodes: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    }),
  ),
}))

/** By the definition, article by article, without look-ups. */
function holds(node: FilterNode, docId: number): boolean {
  switch (node.kind) {
    case 'not':
      return !holds(node.node, docId)
    case 'and':
      return node.nodes.every((one) => holds(one, docId))
    case 'or':
      return node.nodes.some((one) => holds(one, docId))
    case 'in':
    case 'compare': {
      const values = node.kind === 'in' ? node.values : [node.value]
      const name = node.field === 'ort' || node.field === 'zahl' ? `meta.${node.field}` : node.field
      const column = index.fields.column(name)
      const own =
        name === 'id'
          ? [index.documents.ids.at(docId) as string]
          : (column?.codesOf(docId).map((code) => String(column.values.at(code))) ?? [])
      const isAny = own.some((one) => values.some((wanted) => wanted.toLowerCase() === one.toLowerCase()))
      return node.kind === 'compare' && node.operator === '!=' ? !isAny : isAny
    }
    default:
      throw new Error(node.kind)
  }
}

it('a filter means the same however it is written', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async (node) => {
      const mask = await filterDocSet(index, node, new WorkBudget())
      expect([...mask]).toEqual(Array.from(index.documents.ids, (_, docId) => Number(holds(node, docId))))
    }),
    { numRuns: 500 },
  )
})

it('equal ids cost a look-up each, not a look at each article', async () => {
  const work = async (articles: number): Promise<number> => {
    const many = indexOf(Array.from({ length: articles }, (_, i) => articleOf({ id: `id${i}`, text: 'x' })))
    const budget = new WorkBudget()
    const filter = Array.from({ length: 500 }, (_, i) => `id = id${i % 40}`).join(' OR ')
    await filterDocSet(many, parseFilter(filter) as FilterNode, budget)
    return budget.spent
  }
  expect(await work(400)).toBeLessThan((await work(50)) * 1.5)
})
