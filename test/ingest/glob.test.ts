import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wildcardMatches } from '../../src/ingest/glob.ts'
import '../support/property.ts'

describe('a pattern of a name', () => {
  it.each<[string, string, boolean]>([
    ['', '', true],
    ['*', '', true],
    ['a*', 'abc', true],
    ['*c', 'abc', true],
    ['a*c', 'ab', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*ab*ab', 'abxabab', true],
    ['**a**', 'xay', true],
    ['a', 'A', false],
  ])('%s: %s', (pattern, text, expected) => expect(wildcardMatches(pattern, text)).toBe(expected))

  it('means what an expression of the same would', () => {
    const letters = (more: string) => fc.string({ unit: fc.constantFrom(...'ab/', ...more), maxLength: 12 })
    fc.assert(
      fc.property(letters('*?'), letters(''), (pattern, text) => {
        const expression = pattern.replaceAll('*', '.*').replaceAll('?', '.')
        expect(wildcardMatches(pattern, text)).toBe(new RegExp(`^${expression}$`).test(text))
      }),
    )
  })

  it('takes no more steps than its length times that of the text', () => {
    expect(wildcardMatches('*a'.repeat(500), `${'a'.repeat(20_000)}b`)).toBe(false)
  })
})
