import type { FieldValue } from '../article/article.ts'
import { canonicalField } from '../article/searched-fields.ts'
import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import { periodOf } from '../search/filter/dates.ts'
import type { SortKey } from '../search/query/sorting.ts'
import { valuesIn } from './field-values.ts'
import type { RawHit } from './paging.ts'

/** A hit as the cluster has found it. */
export interface Hit {
  readonly docId: number
  /** Of the first stage, as precise as the cluster tells it. */
  readonly score: number
  readonly time: number
  readonly id: string
  /** Articles of the same content have the same. */
  readonly content: string | undefined
  /** The first values of its fields, each behind the name of its field. */
  readonly first: readonly string[]
  /** All values of its fields, in the same way. */
  readonly values: readonly string[]
}

export type Order = (a: Hit, b: Hit) => number

/** What is read of each hit beside its score. */
export const HIT_FIELDS = ['seqNo', 'time', 'id']

export const hitOf = ({ _score, fields }: RawHit): Hit => ({
  score: _score ?? 0,
  docId: fields['seqNo']?.[0] as number,
  time: fields['time']?.[0] as number,
  id: fields['id']?.[0] as string,
  content: fields['content']?.[0] as string | undefined,
  first: (fields['first'] ?? []) as string[],
  values: (fields['values'] ?? []) as string[],
})

/** The order of articles that are equal otherwise. */
export const tieOrder = ({ ties }: RetrievalPlan): Order =>
  ties === 'stored'
    ? (a, b) => a.docId - b.docId
    : (a, b) => b.time - a.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The same for the cluster. */
export const tieSort = ({ ties }: RetrievalPlan): object[] =>
  ties === 'stored' ? [{ seqNo: 'asc' }] : [{ time: 'desc' }, { id: 'asc' }]

/** By the least of the values, the greatest where descending; who has none stands last. */
export function fieldOrder(keys: readonly SortKey[]): Order {
  const orders = keys.map(keyOrder)
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b)
      if (result !== 0) return result
    }
    return 0
  }
}

function keyOrder({ field: name, descending }: SortKey): Order {
  const field = canonicalField(name)
  const sign = descending ? -1 : 1
  const known = new Map<Hit, OrderedValue | null>()
  const bestOf = (hit: Hit): OrderedValue | null => {
    let best = known.get(hit)
    if (best === undefined) {
      const values = valuesIn(hit.values, field).map((value) => orderedValue(value, field === 'date'))
      best = values.sort((a, b) => sign * compareValues(a, b))[0] ?? null
      known.set(hit, best)
    }
    return best
  }
  return (a, b) => {
    const [one, other] = [bestOf(a), bestOf(b)]
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
    return sign * compareValues(one, other)
  }
}

/** A value as it is sorted by. */
interface OrderedValue {
  readonly key: FieldValue
  /** What tells equal keys apart; empty where nothing does. */
  readonly spelling: string
}

const MARKS = /\p{M}/gu

function orderedValue(value: FieldValue, isDate: boolean): OrderedValue {
  if (isDate) return { key: periodOf(String(value), false).start, spelling: '' }
  if (typeof value === 'number') return { key: value, spelling: '' }
  // DIN 5007-1: ä like a, ß like ss
  const key = value.normalize('NFKD').replace(MARKS, '').toLowerCase().replaceAll('ß', 'ss')
  return { key, spelling: value }
}

/** Numbers before texts. */
function compareValues(a: OrderedValue, b: OrderedValue): number {
  if (typeof a.key !== typeof b.key) return typeof a.key === 'number' ? -1 : 1
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.spelling === b.spelling ? 0 : a.spelling < b.spelling ? -1 : 1
}
