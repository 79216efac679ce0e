import type { SegmentFiles } from '../index/snapshot/read-files.ts'

/** By the largest file of a segment as much memory as all of them take: an index holds that one as long as it lives. */
const counted = new WeakMap<ArrayBufferLike, ArrayBuffer>()

/**
 * Has V8 count the shared memory of a segment as this thread's. By itself it counts none, so a thread with little else to clear away would not
 * look for garbage, and memory that no thread uses any more would stay: a hundred megabytes with every new snapshot. What is counted in its place
 * is a buffer that nobody touches, for which systems have no page in memory. It is one, since small ones may come from memory that was used.
 */
export function countAsOwn(files: SegmentFiles): void {
  let bytes = 0
  let largest: Uint8Array | undefined
  for (const file of files.values()) {
    bytes += file.byteLength
    if (largest === undefined || file.byteLength > largest.byteLength) largest = file
  }
  if (largest === undefined) return
  try {
    counted.set(largest.buffer, new ArrayBuffer(bytes))
  } catch {
    // where not even memory that nobody touches can be had, it is counted too low
  }
}
