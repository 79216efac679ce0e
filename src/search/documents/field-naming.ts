import { META } from '../../article/article-fields.ts'
import { canonicalField } from '../../article/searched-fields.ts'
import type { FilterNode } from '../filter/tree.ts'
import type { SortKey } from '../query/sorting.ts'

/** How attributes of documents are called in an index. */
export interface FieldNaming {
  field(attribute: string): string
  filter(node: FilterNode): FilterNode
  sortKey(key: SortKey): SortKey
  /** What was counted by the fields of some attributes, by their own names. */
  renamed<T>(byField: Readonly<Record<string, T>>, attributes: readonly string[]): Readonly<Record<string, T>>
}

/**
 * An attribute is a further field by its path, also where it is called as what every article has: a document's `date` may be anything.
 * @param hasFiles whether there are articles from files: what every article has is meant by its name there
 */
export function namingOf(hasFiles: boolean): FieldNaming {
  const field = (attribute: string): string => (hasFiles ? canonicalField(attribute) : META + attribute)
  const filter = (node: FilterNode): FilterNode => {
    if ('nodes' in node) return { ...node, nodes: node.nodes.map(filter) }
    return 'node' in node ? { ...node, node: filter(node.node) } : { ...node, field: field(node.field) }
  }
  return {
    field,
    filter,
    sortKey: (key) => ({ ...key, field: field(key.field) }),
    renamed: (byField, attributes) => {
      const names = attributes.includes('*') ? Object.keys(byField).map(attributeOf) : attributes
      const found = names.filter((name) => Object.hasOwn(byField, nameIn(byField, name)))
      return Object.fromEntries(found.map((name) => [name, byField[nameIn(byField, name)] as never]))
    },
  }

  /** What was asked for as `*` has the shortest name that means its field. */
  function nameIn(byField: Readonly<Record<string, unknown>>, attribute: string): string {
    const name = field(attribute)
    return Object.hasOwn(byField, name) ? name : attribute
  }

  function attributeOf(name: string): string {
    return name.startsWith(META) ? name.slice(META.length) : name
  }
}
