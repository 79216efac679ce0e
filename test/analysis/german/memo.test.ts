import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Memo } from '../../../src/analysis/german/memo.ts'

/** Puts a key in where it is not remembered, as everyone does who uses a memo; tells whether it was. */
function asked(memo: Memo<string>, key: string): boolean {
  const known = memo.get(key)
  if (known !== undefined) expect(known).toBe(`of ${key}`)
  else expect(memo.put(key, `of ${key}`)).toBe(`of ${key}`)
  return known !== undefined
}

describe('Memo', () => {
  it('gives back nothing but what was put in for the same string, wherever it stands in a text', () => {
    const keys = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ß', '\ud83d', '漢'), maxLength: 5 }), {
      maxLength: 200,
    })
    fc.assert(
      fc.property(keys, (list) => {
        const memo = new Memo<string>(64)
        for (const key of list) {
          asked(memo, key)
          expect(memo.get(`x${key}y`, 1, key.length + 1)).toBe(`of ${key}`)
        }
      }),
    )
  })

  it('remembers half of its strings at least, however many there are', () => {
    const memo = new Memo<string>(2000)
    for (let i = 0; i < 50_000; i++) asked(memo, `form ${i}`)
    for (let i = 49_000; i < 50_000; i++) expect(memo.get(`form ${i}`)).toBe(`of form ${i}`)
    expect(memo.get('form 0')).toBeUndefined()
  })

  it('keeps what comes again and again', () => {
    const memo = new Memo<string>(2000)
    asked(memo, 'der')
    for (let i = 0; i < 50_000; i++) {
      asked(memo, `form ${i}`)
      if (i % 500 === 0) expect(asked(memo, 'der')).toBe(true)
    }
  })

  it('takes no longer for strings of one hash: most of them are not remembered', () => {
    const memo = new Memo<string>(2 ** 20)
    const same = stringsOfOneSlot(300)
    for (const key of same) asked(memo, key)
    const known = same.filter((key) => memo.get(key) !== undefined)
    expect(known.length).toBeGreaterThan(0)
    expect(known.length).toBeLessThan(same.length / 2)
  })
})

/** Strings whose FNV-1a hashes, as memo.ts computes them, end with the same 11 bits: they belong into one slot of the first table. */
function stringsOfOneSlot(count: number): string[] {
  const found: string[] = []
  for (let i = 0; found.length < count; i++) {
    const key = i.toString(36)
    let hash = 0x811c9dc5
    for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
    if (((hash ^ (hash >>> 15)) & 0x7ff) === 0) found.push(key)
  }
  return found
}
