import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globMatches, wildcardMatches } from '../../src/ingest/glob.ts'
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

describe('a pattern of a path', () => {
  it.each<[string, string, boolean]>([
    ['/blog/*', '/blog/a', true],
    ['/blog/*', '/blog/a/b', false],
    ['/blog/**', '/blog/a/b', true],
    ['/blog/**', '/blog', false],
    ['/blog/**', '/blogs/a', false],
    ['/**/b', '/b', false],
    ['/**/b', '/x/y/b', true],
    ['/**/b/*', '/x/b/y/b/z', true],
    ['/**/b/**', '/x/b', false],
    ['/**/**', '/x', false],
    ['/**/**', '/x/y/z', true],
    ['**', '/x/y', true],
    ['/a*/b', '/ax/b', true],
    ['/team', '/team/x', false],
  ])('%s: %s', (pattern, path, expected) => expect(globMatches(pattern, path)).toBe(expected))
})
