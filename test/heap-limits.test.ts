import { expect, test } from 'vitest'
import { IdleCollection } from '../src/heap-limits.ts'

const MB = 1 << 20

test('what work has left behind is collected before a thread waits, and little is left alone', () => {
  let used = 10 * MB
  let collections = 0
  const left = new IdleCollection(
    () => used,
    () => {
      collections += 1
      used = 20 * MB
    },
  )
  used = 41 * MB
  left.beforeWaiting()
  expect(collections).toBe(0)
  used = 42 * MB
  left.beforeWaiting()
  expect(collections).toBe(1)
  // what is alive by then counts as nothing left behind
  used = 51 * MB
  left.beforeWaiting()
  expect(collections).toBe(1)
  used = 90 * MB
  left.beforeWaiting()
  expect(collections).toBe(2)
})

test('a collection takes away what nobody holds', () => {
  const used = (): number => process.memoryUsage().arrayBuffers
  const left = new IdleCollection(used)
  let held: ArrayBuffer[] | null = Array.from({ length: 8 }, () => new ArrayBuffer(8 * MB))
  expect(held).toHaveLength(8)
  const full = used()
  held = null
  left.beforeWaiting()
  expect(used()).toBeLessThan(full)
})
