import { isFieldValue } from '../../src/search/query/lex.ts'
import type { QueryNode } from '../../src/search/query/tree.ts'

/** A tree as a query that says the same. */
export function print(node: QueryNode | null): string {
  if (node === null) return ''
  switch (node.kind) {
    case 'words':
      return node.text
    case 'prefix':
      return `${node.text}*`
    case 'phrase':
      return `"${node.text}"`
    case 'field':
      return `${node.name}:${grouped(node.node, isValue)}`
    case 'not':
      return `NOT ${grouped(node.node, isOperand)}`
    case 'and':
      return node.nodes.map((one) => grouped(one, isOperand)).join(' AND ')
    case 'or':
      return node.nodes.map((one) => grouped(one, (child) => child.kind === 'and' || isOperand(child))).join(' OR ')
    case 'sequence':
      return node.nodes.map(print).join(' ')
  }
}

const grouped = (node: QueryNode, mayStandBare: (node: QueryNode) => boolean): string =>
  mayStandBare(node) ? print(node) : `(${print(node)})`

/** Whether all of it is the field's where it stands behind the colon. */
const isValue = (node: QueryNode): boolean =>
  node.kind === 'phrase' || ((node.kind === 'words' || node.kind === 'prefix') && isFieldValue(node.text))

/** Whether it can stand beside an operator. */
const isOperand = (node: QueryNode): boolean =>
  node.kind === 'words' ? !/\s/.test(node.text) : node.kind !== 'sequence' && node.kind !== 'or' && node.kind !== 'and'
