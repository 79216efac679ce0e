import { FundstelleError } from '../../errors.ts'
import { FILTER_CONDITIONS_MAX, parseFilter } from '../../search/filter/parse.ts'
import type { FilterNode } from '../../search/filter/tree.ts'

/**
 * A filter, as one text or, as in Meilisearch, as a list of which all must hold; of a list within it any.
 * @throws FundstelleError where it is wrong
 */
export function filterOf(filter: string | readonly (string | readonly string[])[] | undefined): FilterNode | null {
  if (filter === undefined) return null
  if (typeof filter === 'string') return parseFilter(filter)
  // the limit is that of one filter, however many pieces it comes in
  let conditions = 0
  const read = (text: string): FilterNode | null => {
    const node = parseFilter(text)
    conditions += conditionsIn(node)
    if (conditions > FILTER_CONDITIONS_MAX) throw new FundstelleError('filter_long', { max: FILTER_CONDITIONS_MAX })
    return node
  }
  return together(
    'and',
    filter.map((one) =>
      typeof one === 'string'
        ? read(one)
        : together(
            'or',
            one.map((piece) => read(piece)),
          ),
    ),
  )
}

function conditionsIn(node: FilterNode | null): number {
  if (node === null) return 0
  if (node.kind === 'not') return conditionsIn(node.node)
  return node.kind === 'and' || node.kind === 'or' ? node.nodes.reduce((sum, one) => sum + conditionsIn(one), 0) : 1
}

function together(kind: 'and' | 'or', nodes: readonly (FilterNode | null)[]): FilterNode | null {
  const some = nodes.filter((node) => node !== null)
  return some.length > 1 ? { kind, nodes: some } : (some[0] ?? null)
}
