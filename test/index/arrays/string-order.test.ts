import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderOf } from '../../../src/index/arrays/string-order.ts'
import '../../support/property.ts'

/** From so many on they are parted by their first characters. */
const BUCKETED_MIN = 4096

const sorted = (strings: readonly string[]): number[] =>
  strings
    .map((string, number) => ({ string, number }))
    .sort((a, b) => (a.string < b.string ? -1 : a.string > b.string ? 1 : a.number - b.number))
    .map(({ number }) => number)

/** Characters at the borders of the ranks, and others that share one. */
const unit = fc.constantFrom(...'\0 -/0189:@AZ`abyz{ßäŽ\u{d83d}\u{ffff}')
const anyString = fc.oneof(
  fc.array(unit, { maxLength: 5 }).map((units) => units.join('')),
  fc.string(),
)

test('few and many strings are in the order of their units, equal ones in that of their numbers', () => {
  fc.assert(
    fc.property(fc.array(anyString, { minLength: 1, maxLength: 300 }), fc.boolean(), (strings, areMany) => {
      const all = areMany
        ? Array.from({ length: BUCKETED_MIN }, (_, i) => strings[(i * 7) % strings.length] as string)
        : strings
      expect(Array.from(orderOf(all))).toEqual(sorted(all))
    }),
  )
})

test('none', () => {
  expect(orderOf([])).toEqual(new Uint32Array(0))
})
