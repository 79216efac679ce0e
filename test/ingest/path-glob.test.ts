import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dialect } from '../../src/ingest/glob-parts.ts'
import { pathGlob, pathGlobs } from '../../src/ingest/path-glob.ts'
import '../support/property.ts'

const DIALECTS: Readonly<Record<string, Dialect>> = {
  fnmatch: { crossesSlashes: true },
  globset: { crossesSlashes: true, hasFolders: true, hasBraces: true },
  picomatch: { hasFolders: true, hasBraces: true },
  git: { hasFolders: true },
}

describe('a pattern of a path', () => {
  it.each<[keyof typeof DIALECTS, string, string, boolean]>([
    ['fnmatch', '', '', true],
    ['fnmatch', '*', '', true],
    ['fnmatch', 'a*', 'ab/c', true],
    ['fnmatch', 'a?c', 'a/c', true],
    ['fnmatch', 'a?c', 'ac', false],
    ['fnmatch', '*ab*ab', 'abxabab', true],
    ['fnmatch', '**a**', 'xay', true],
    ['fnmatch', 'a/**/b', 'a/b', false],
    ['fnmatch', 'a/**/b', 'a/x/y/b', true],
    ['fnmatch', 'a', 'A', false],
    ['fnmatch', 'a[0-9].md', 'a1.md', true],
    ['fnmatch', 'a[!0-9x-z_].md', 'ay.md', false],
    ['fnmatch', 'a[^0-9x-z_].md', 'aw.md', true],
    ['fnmatch', '[]a]', ']', true],
    ['fnmatch', '[a\\]]', ']', true],
    ['fnmatch', '[a-]', '-', true],
    ['fnmatch', '[[[', '[[[', true],
    ['fnmatch', '{a,b}', '{a,b}', true],
    ['fnmatch', '\\*', '*', true],
    ['fnmatch', '\\*', 'a', false],
    ['fnmatch', 'a\\', 'a\\', true],
    ['globset', '**/*.{wip,draft}.md', 'a.wip.md', true],
    ['globset', '**/*.{wip,draft}.md', 'x/y/a.draft.md', true],
    ['globset', '**/a*', 'x/ab/c', true],
    ['picomatch', '*.{md,html}', 'a.html', true],
    ['picomatch', '*.{md,html}', 'x/a.html', false],
    ['picomatch', 'a/**/b', 'a/b', true],
    ['picomatch', 'a/**/b', 'a/x/y/b', true],
    ['picomatch', 'a/**/b', 'ab', false],
    ['picomatch', 'a/**', 'a', true],
    ['picomatch', 'a/**', 'a/b/c', true],
    ['picomatch', 'a/**', 'ab', false],
    ['picomatch', 'a/**/**', 'a', true],
    ['picomatch', 'a/**/**', 'a/b/c', true],
    ['picomatch', 'a/**/**', 'ab', false],
    ['picomatch', '{a,b}/**/**/**', 'b/c', true],
    ['picomatch', '**', 'a/b', true],
    ['picomatch', '**/**', 'a/b', true],
    ['picomatch', '{**/**/a,b}', 'a', true],
    ['picomatch', 'a**c', 'abc', true],
    ['picomatch', 'a**c', 'a/c', false],
    ['picomatch', '{**/a,b/**}', 'x/a', true],
    ['picomatch', '{**/a,b/**}', 'a', true],
    ['picomatch', '{**/a,b/**}', 'b/x/y', true],
    ['picomatch', '[!a]', '/', false],
    ['picomatch', '{a,{b,c}d}e', 'cde', true],
    ['picomatch', '{a', '{a', true],
    ['picomatch', '{a,{b,c}', '{a,b', true],
    ['picomatch', 'a,b}', 'a,b}', true],
    ['git', '{a,b}', '{a,b}', true],
  ])('in %s %s: %s', (dialect, pattern, text, expected) =>
    expect(pathGlob(pattern, DIALECTS[dialect] ?? {}).matches(text)).toBe(expected),
  )

  it('means what an expression of the same would', () => {
    const parts = fc.array(fc.constantFrom('a', 'b', '/', '*', '?', '[ab]', '[!a]', '[a-c]', '{a,b*}', '{,/b}'), {
      maxLength: 8,
    })
    const text = fc.string({ unit: fc.constantFrom(...'abc/'), maxLength: 10 })
    fc.assert(
      fc.property(parts, text, (list, path) => {
        const pattern = list.join('')
        const expression = pattern.replace(/\*+|\?|\[!a\]|\{[^}]*\}/g, (part) => EXPRESSIONS[part] ?? '[^]*')
        expect(pathGlob(pattern, { crossesSlashes: true, hasBraces: true }).matches(path)).toBe(
          new RegExp(`^${expression}$`).test(path),
        )
      }),
    )
  })

  it('is read, whatever it is', () => {
    const pattern = fc.string({ unit: fc.constantFrom(...'a*?[]{}!^-,\\/'), maxLength: 12 })
    fc.assert(
      fc.property(pattern, fc.string(), fc.constantFrom(...Object.values(DIALECTS)), (one, text, dialect) => {
        expect(pathGlob(one, dialect).matches(text)).toBeTypeOf('boolean')
      }),
    )
  })

  it('takes no more steps than its length times that of the text', () => {
    const text = `${'a'.repeat(2000)}c`
    for (const part of ['*a', '{a,*}*', '**/', '[', '{a'])
      expect(pathGlob(`${part.repeat(Math.floor(40 / part.length))}b`, DIALECTS['picomatch'] ?? {}).matches(text)).toBe(
        false,
      )
    expect(pathGlob('*a'.repeat(500), { crossesSlashes: true }).matches(text)).toBe(false)
    expect(pathGlob('['.repeat(5000), {}).matches(text)).toBe(false)
  })
})

const EXPRESSIONS: Readonly<Record<string, string>> = {
  '?': '[^]',
  '[!a]': '[^a]',
  '{a,b*}': '(?:a|b[^]*)',
  '{,/b}': '(?:|/b)',
}

describe('a list of patterns', () => {
  it('means what any of them does', () => {
    const list = pathGlobs(['a*', 'b', '*c'], {})
    expect(['ax', 'b', 'xc', 'xb', ''].filter((one) => list.matches(one))).toEqual(['ax', 'b', 'xc'])
    expect(pathGlobs([], {}).matches('')).toBe(false)
  })

  it('has a bound', () => {
    expect(() => pathGlobs(Array(501).fill('a'), {})).toThrow()
    expect(() => pathGlobs(Array(20).fill('a'.repeat(4000)), {})).toThrow()
  })
})
