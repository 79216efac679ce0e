import { expect, test } from 'vitest'
import { GrowingPause } from '../src/growing-pause.ts'

test('doubles with every failure in a row up to its bound, and begins anew after a success', () => {
  const pause = new GrowingPause(100, 1000)
  expect([pause.next(), pause.next(), pause.next(), pause.next(), pause.next(), pause.next()]).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ])
  expect(pause.failures).toBe(6)
  pause.reset()
  expect(pause.failures).toBe(0)
  expect(pause.next()).toBe(100)
})

test('stays at its bound for years', () => {
  const pause = new GrowingPause(1000, 60_000)
  for (let failure = 0; failure < 5000; failure++) pause.next()
  expect(pause.next()).toBe(60_000)
})
