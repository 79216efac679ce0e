import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valueTest } from '../../../src/search/filter/condition.ts'
import '../../support/property.ts'

const number = fc.integer({ min: 1, max: 3 })
const two = (value: number): string => String(value).padStart(2, '0')
const wanted = fc.oneof(
  number.map((year) => `200${year}`),
  fc.tuple(number, number).map(([year, month]) => `200${year}-${two(month)}`),
  fc.tuple(number, number, number).map(([year, month, day]) => `200${year}-${two(month)}-${two(day)}`),
  fc.tuple(number, number).map(([year, hour]) => `200${year}-02-02T${two(hour)}:00:00Z`),
  fc.constant('kein Datum'),
)
const date = fc.oneof(
  fc.tuple(number, number, number).map(([year, month, day]) => `200${year}-${two(month)}-${two(day)}`),
  fc
    .tuple(number, number, fc.constantFrom('Z', '+05:00'))
    .map(([year, hour, zone]) => `200${year}-02-02T${two(hour)}:00:00${zone}`),
)

test('one of several dates is any of them', () => {
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 6 }), date, (values, value) => {
      const any = values.some((one) =>
        valueTest({ kind: 'compare', field: 'date', operator: '=', value: one }, true)(value, value),
      )
      expect(valueTest({ kind: 'in', field: 'date', values }, true)(value, value)).toBe(any)
    }),
    { numRuns: 3000 },
  )
})
