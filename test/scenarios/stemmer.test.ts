import { expect, it } from 'vitest'
import { stemmedOtherwise } from '../support/stemmer.ts'

// 20 s, nearly all of it in the package
it('every word of the list has the stem that the package gives it', () => {
  const { compared, different } = stemmedOtherwise(1)
  expect(different).toEqual([])
  expect(compared).toBeGreaterThan(1_680_838)
})
