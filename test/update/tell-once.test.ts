import { expect, test } from 'vitest'
import { TellOnce } from '../../src/update/tell-once.ts'

test('an error is told once, again after an hour, and again when it comes back', () => {
  const told: string[] = []
  let nowMs = 0
  const errors = new TellOnce(
    (error) => told.push((error as Error).message),
    () => nowMs,
  )
  const meet = (about: string, words: string): number => {
    errors.tell(about, new Error(words))
    return told.length
  }
  expect([meet('a', 'x'), meet('a', 'x'), meet('a', 'x')]).toEqual([1, 1, 1])
  expect([meet('a', 'y'), meet('a', 'x'), meet('a', 'y')]).toEqual([2, 2, 2])
  expect(meet('b', 'x')).toBe(3)
  nowMs = 3_599_999
  expect(meet('a', 'x')).toBe(3)
  nowMs = 3_600_000
  expect([meet('a', 'x'), meet('a', 'x')]).toEqual([4, 4])
  errors.gone('a')
  expect(meet('b', 'x')).toBe(5)
  expect([meet('a', 'x'), meet('a', 'x')]).toEqual([6, 6])
  expect(told).toEqual(['x', 'y', 'x', 'x', 'x', 'x'])
})
