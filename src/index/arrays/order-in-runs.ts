/** How things that have numbers are put in order. */
export interface Ordering<Key> {
  /** What a number is sorted by. Where there are several runs it is worked out twice, so that no more keys are in memory than a run has. */
  keyOf(number: number): Key
  /** Negative where the first comes before the second; where it gives 0 the lower number does. */
  compare(one: Key, other: Key): number
  /** The order of some keys, by their places; equal ones ascending. */
  orderOf(keys: readonly Key[]): ArrayLike<number>
}

/**
 * The numbers below `length` in order, with their keys. Runs of them are sorted one by one and then merged: so much is in memory as the numbers take, and the
 * keys of one run.
 */
export function* orderInRuns<Key>(
  length: number,
  runLength: number,
  { keyOf, compare, orderOf }: Ordering<Key>,
): Generator<readonly [number: number, key: Key]> {
  const order = new Uint32Array(length)
  const heads: Head<Key>[] = []
  for (let start = 0; start < length; start += runLength) {
    const end = Math.min(length, start + runLength)
    const keys: Key[] = []
    for (let number = start; number < end; number++) keys.push(keyOf(number))
    const sorted = orderOf(keys)
    if (end === length && start === 0) {
      for (let at = 0; at < end; at++) yield [sorted[at] as number, keys[sorted[at] as number] as Key]
      return
    }
    for (let at = 0; at < sorted.length; at++) order[start + at] = start + (sorted[at] as number)
    heads.push({ at: start, end, number: order[start] as number, key: keys[sorted[0] as number] as Key })
  }
  const isBefore = (one: Head<Key>, other: Head<Key>): boolean => {
    const compared = compare(one.key, other.key)
    return compared < 0 || (compared === 0 && one.number < other.number)
  }
  for (let parent = (heads.length >> 1) - 1; parent >= 0; parent--) sink(heads, parent, isBefore)
  for (let head = heads[0]; head !== undefined; head = heads[0]) {
    yield [head.number, head.key]
    head.at += 1
    if (head.at < head.end) {
      head.number = order[head.at] as number
      head.key = keyOf(head.number)
    } else {
      const last = heads.pop() as Head<Key>
      if (heads.length === 0) return
      heads[0] = last
    }
    sink(heads, 0, isBefore)
  }
}

/** The first number of a run that has not come yet. */
interface Head<Key> {
  at: number
  readonly end: number
  number: number
  key: Key
}

/** Puts one of a heap, the least first, where it belongs below its place. */
function sink<T>(heap: T[], from: number, isBefore: (one: T, other: T) => boolean): void {
  const one = heap[from] as T
  let place = from
  for (;;) {
    let child = 2 * place + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1] as T, heap[child] as T)) child += 1
    if (!isBefore(heap[child] as T, one)) break
    heap[place] = heap[child] as T
    place = child
  }
  heap[place] = one
}
