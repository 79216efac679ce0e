import { canonicalField } from '../../article/searched-fields.ts'
import type { FilterNode } from './tree.ts'

/**
 * The same filter with fewer conditions: of those that are joined by OR, the ones that ask whether one field equals something become
 * one IN; of those joined by AND, the ones that ask whether it does not equal something become one NOT IN. Programs write filters so,
 * and each condition costs a pass over the articles.
 */
export function simplified(node: FilterNode): FilterNode {
  if (node.kind === 'not') return { kind: 'not', node: simplified(node.node) }
  if (node.kind !== 'and' && node.kind !== 'or') return node
  const nodes: FilterNode[] = []
  const valuesOf = new Map<string, { readonly at: number; readonly field: string; readonly values: string[] }>()
  for (const one of node.nodes.map(simplified)) {
    const equal = equality(one, node.kind)
    const known = equal === null ? undefined : valuesOf.get(canonicalField(equal.field))
    if (known !== undefined) known.values.push(...(equal as Equality).values)
    else {
      const at = nodes.push(one) - 1
      if (equal !== null)
        valuesOf.set(canonicalField(equal.field), { at, field: equal.field, values: [...equal.values] })
    }
  }
  for (const { at, field, values } of valuesOf.values()) {
    if (values.length < 2) continue
    const any = { kind: 'in', field, values } as const
    nodes[at] = node.kind === 'or' ? any : { kind: 'not', node: any }
  }
  return nodes.length === 1 ? (nodes[0] as FilterNode) : { kind: node.kind, nodes }
}

interface Equality {
  readonly field: string
  readonly values: readonly string[]
}

/** What may be one IN with its like under this operator, or one NOT IN; null for anything else. */
function equality(node: FilterNode, under: 'and' | 'or'): Equality | null {
  if (under === 'or') {
    if (node.kind === 'in') return node
    return node.kind === 'compare' && node.operator === '=' ? { field: node.field, values: [node.value] } : null
  }
  if (node.kind === 'compare') return node.operator === '!=' ? { field: node.field, values: [node.value] } : null
  return node.kind === 'not' ? equality(node.node, 'or') : null
}
