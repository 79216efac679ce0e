import { describe, expect, it } from 'vitest'
import { momentOf } from '../../src/ingest/publication-values.ts'

describe('the moment that a value names', () => {
  it.each([
    ['a day', '31.12.2099', Date.UTC(2099, 11, 31)],
    ['a day without signs, as a number too', 20991231, Date.UTC(2099, 11, 31)],
    ['seconds', 1_700_000_000, 1_700_000_000_000],
    ['no small number', 42, null],
    ['no year of two figures: 31.12.99 is an end that never comes', '31.12.99', null],
    ['nor one behind the name of a day', 'Do., 31.12.60', null],
  ])('%s', (_, value, expected) => {
    expect(momentOf(value)).toBe(expected)
  })
})
