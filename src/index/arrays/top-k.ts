/**
 * The first `count` of `items` in the order of `compare`, sorted. Takes n log(count) comparisons, so a first page of many hits
 * costs little more than reading them. `compare` must be a total order for the result to be the same every time.
 */
export function topOf(items: ArrayLike<number>, count: number, compare: (a: number, b: number) => number): number[] {
  if (count <= 0) return []
  if (count * 4 >= items.length) return Array.from(items).sort(compare).slice(0, count)
  // a heap whose root is the worst of the best so far
  const heap = Array.from({ length: count }, (_, i) => items[i] as number)
  for (let at = Math.floor(count / 2) - 1; at >= 0; at--) sink(heap, at, compare)
  for (let i = count; i < items.length; i++) {
    if (compare(items[i] as number, heap[0] as number) < 0) {
      heap[0] = items[i] as number
      sink(heap, 0, compare)
    }
  }
  return heap.sort(compare)
}

function sink(heap: number[], from: number, compare: (a: number, b: number) => number): void {
  let at = from
  for (;;) {
    const left = at * 2 + 1
    if (left >= heap.length) return
    const right = left + 1
    const worse = right < heap.length && compare(heap[right] as number, heap[left] as number) > 0 ? right : left
    if (compare(heap[worse] as number, heap[at] as number) <= 0) return
    const held = heap[at] as number
    heap[at] = heap[worse] as number
    heap[worse] = held
    at = worse
  }
}
