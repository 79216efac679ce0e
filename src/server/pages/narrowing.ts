import { isIsoDate } from '../../article/article.ts'
import type { FilterNode } from '../../search/filter/tree.ts'

/** Names of the page's own parameters: `f.ort=Kursk` for a box that is ticked, and the first and last day. */
const TICKED = 'f.'
const FROM = 'from'
const TO = 'to'
const DAY_LENGTH = 10
/** More ticked values than a page can have boxes are no click of anybody's. */
const TICKED_MAX = 200

/** What the search page narrows a search down to, beside the `filter` of the address. */
export interface Narrowing {
  /** By field the values that are ticked. */
  readonly ticked: ReadonlyMap<string, readonly string[]>
  /** Days as `2024-03-31`; empty for none. What is no day counts as none. */
  readonly from: string
  readonly to: string
}

export function readNarrowing(query: URLSearchParams): Narrowing {
  const ticked = new Map<string, string[]>()
  let count = 0
  for (const [name, value] of query) {
    if (!name.startsWith(TICKED) || name === TICKED || count === TICKED_MAX) continue
    const field = name.slice(TICKED.length)
    const values = ticked.get(field) ?? []
    if (!values.includes(value)) ticked.set(field, [...values, value])
    count += 1
  }
  const day = (name: string): string => {
    const value = query.get(name) ?? ''
    return value.length === DAY_LENGTH && isIsoDate(value) ? value : ''
  }
  return { ticked, from: day(FROM), to: day(TO) }
}

export const isNarrow = ({ ticked, from, to }: Narrowing): boolean => ticked.size > 0 || from !== '' || to !== ''

/** The name of the parameter for a field's boxes. */
export const tickName = (field: string): string => TICKED + field

/**
 * What the narrowing and a filter of the address demand together.
 * @param except a field whose own boxes do not count: its values are counted as if none were ticked, so that others can be added
 */
export function narrowed(
  filter: FilterNode | null,
  { ticked, from, to }: Narrowing,
  except?: string,
): FilterNode | null {
  const nodes: FilterNode[] = filter === null ? [] : [filter]
  for (const [field, values] of ticked) if (field !== except) nodes.push({ kind: 'in', field, values })
  if (from !== '') nodes.push(day('>=', from))
  if (to !== '') nodes.push(day('<=', to))
  return nodes.length > 1 ? { kind: 'and', nodes } : (nodes[0] ?? null)
}

const day = (operator: '>=' | '<=', value: string): FilterNode => ({ kind: 'compare', field: 'date', operator, value })

/** The narrowing as parameters of an address. */
export function* narrowingParameters({ ticked, from, to }: Narrowing): Generator<[string, string]> {
  for (const [field, values] of ticked) for (const value of values) yield [TICKED + field, value]
  if (from !== '') yield [FROM, from]
  if (to !== '') yield [TO, to]
}
