/**
 * The first `count` of `items` in the order of `compare`, sorted. Takes n log(count) comparisons, so a first page of many hits
 * costs little more than reading them. `compare` must be a total order for the result to be the same every time. Sorted by a heap, too: what arrays
 * have for it calls `compare` from outside of the program's own code, which takes several times as long as comparing.
 */
export function topOf(items: ArrayLike<number>, count: number, compare: (a: number, b: number) => number): number[] {
  if (count <= 0) return []
  const most = Math.min(count, items.length)
  // a heap whose root is the worst of the best so far
  const heap: number[] = []
  for (let i = 0; i < most; i++) heap.push(items[i] as number)
  for (let at = (most >> 1) - 1; at >= 0; at--) sink(heap, at, most, compare)
  for (let i = most; i < items.length; i++) {
    if (compare(items[i] as number, heap[0] as number) < 0) {
      heap[0] = items[i] as number
      sink(heap, 0, most, compare)
    }
  }
  for (let last = most - 1; last > 0; last--) {
    const worst = heap[0] as number
    heap[0] = heap[last] as number
    heap[last] = worst
    sink(heap, 0, last, compare)
  }
  return heap
}

/** Puts the entry at a place of a heap of so many where it belongs. */
function sink(heap: number[], from: number, length: number, compare: (a: number, b: number) => number): void {
  const held = heap[from] as number
  let at = from
  for (;;) {
    const left = at * 2 + 1
    if (left >= length) break
    const right = left + 1
    const worse = right < length && compare(heap[right] as number, heap[left] as number) > 0 ? right : left
    if (compare(heap[worse] as number, held) <= 0) break
    heap[at] = heap[worse] as number
    at = worse
  }
  heap[at] = held
}
