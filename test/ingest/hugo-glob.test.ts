import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hugoGlob, namesMeant } from '../../src/ingest/hugo-glob.ts'
import '../support/property.ts'

// examples that Hugo was asked for are in update/hugo-sites.ts

describe('a pattern of Hugo', () => {
  it.each<[string, string, boolean]>([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a/b', false],
    ['**', 'a/b', true],
    ['***', 'a/b', true],
    ['a**c', 'abxc', true],
    ['{}', '', true],
    ['}', '}', true],
    ['a,b', 'a,b', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['{a,{b,c}d}e', 'cde', true],
    ['{a,{b,c}d}e', 'ce', false],
    ['?', '😀', true],
    ['[😀]', '😀', true],
    ['ÄB', 'äb', true],
  ])('%s: %s', (pattern, text, expected) => expect(hugoGlob(pattern).matches(text)).toBe(expected))

  it('means what an expression of the same would', () => {
    const parts = fc.array(fc.constantFrom('a', 'b', '/', '*', '**', '?', '[ab]', '[!a]', '[a-c]', '{a,b*}', '{,/b}'), {
      maxLength: 8,
    })
    const text = fc.string({ unit: fc.constantFrom(...'abc/'), maxLength: 10 })
    fc.assert(
      fc.property(parts, text, (list, path) => {
        const pattern = list.join('')
        const expression = pattern.replace(/\*{2,}|\*|\?|\[!a\]|\{[^}]*\}/g, (part) => EXPRESSIONS[part] ?? '[^]*')
        expect(hugoGlob(pattern).matches(path)).toBe(new RegExp(`^${expression}$`).test(path))
      }),
    )
  })

  it('is read, or refused, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'a*?[]{}!-,\\/'), maxLength: 12 }),
        fc.string(),
        (pattern, text) => {
          let glob: ReturnType<typeof hugoGlob>
          try {
            glob = hugoGlob(pattern)
          } catch (error) {
            expect(error).toHaveProperty('code', 'site_settings_broken')
            return
          }
          expect(glob.matches(text)).toBeTypeOf('boolean')
        },
      ),
    )
  })

  it.each(['*a', '**a', '{a,**}', '{a,*}*', '{*,{**,?}}', '[!b]**'])(
    'takes no more steps than its length times that of the text: %s',
    (part) => {
      const pattern = part.repeat(Math.floor(1000 / part.length))
      expect(hugoGlob(`${pattern}b`).matches('a'.repeat(2000))).toBe(false)
    },
  )

  it.each(['a'.repeat(5001), '{'.repeat(30), '{a,'.repeat(1000)])('has a bound', (pattern) =>
    expect(() => hugoGlob(pattern)).toThrow(),
  )
})

const EXPRESSIONS: Readonly<Record<string, string>> = {
  '*': '[^/]*',
  '?': '[^/]',
  '[!a]': '[^a]',
  '{a,b*}': '(?:a|b[^/]*)',
  '{,/b}': '(?:|/b)',
}

describe('a list of patterns', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['de'], ['de']],
    [
      ['d*', 'en'],
      ['de', 'en'],
    ],
    [
      ['*', '! de'],
      ['en', 'fr'],
    ],
    [['! de'], ['en', 'fr']],
    [
      ['! de', 'de'],
      ['de', 'en', 'fr'],
    ],
    [['de', '! de'], []],
    [[], []],
  ])('%j means %j', (patterns, expected) => expect(namesMeant(patterns)(['de', 'en', 'fr'])).toEqual(expected))
})
