import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  codesOf,
  EDIT_LENGTH_MAX,
  EditDistanceFilter,
  editDistance,
  phoneticCode,
} from '../../../src/analysis/spelling/edit-distance.ts'

const distance = (typed: string, meant: string): number => editDistance(typed, meant, 9)

describe('editDistance', () => {
  test('is nothing where nothing differs', () => {
    expect(distance('drohne', 'drohne')).toBe(0)
  })

  it.each([
    { cheap: ['drhone', 'drohne'], dear: ['drxone', 'drohne'], why: 'two letters changed round' },
    { cheap: ['addresse', 'adresse'], dear: ['axdresse', 'adresse'], why: 'a letter doubled' },
    { cheap: ['wolen', 'wollen'], dear: ['wolen', 'wolken'], why: 'one of two left out' },
    { cheap: ['drihne', 'drohne'], dear: ['drqhne', 'drohne'], why: 'the key beside' },
    { cheap: ['kuken', 'kucken'], dear: ['kuken', 'kunken'], why: 'c and k' },
    { cheap: ['stat', 'stadt'], dear: ['stat', 'start'], why: 'dt' },
    { cheap: ['rytmus', 'rythmus'], dear: ['rytmus', 'rytxmus'], why: 'a silent h' },
    { cheap: ['maschiene', 'maschine'], dear: ['maschirne', 'maschine'], why: 'ie' },
    { cheap: ['katze', 'katse'], dear: ['katze', 'katme'], why: 'letters that sound alike' },
    { cheap: ['drohnx', 'drohne'], dear: ['xrohne', 'drohne'], why: 'any letter but the first' },
  ])('is less for $why', ({ cheap, dear }) => {
    expect(distance(cheap[0] as string, cheap[1] as string)).toBeLessThan(
      distance(dear[0] as string, dear[1] as string),
    )
  })

  test('is Infinity beyond what was allowed, and for what is no word', () => {
    expect(editDistance('drohne', 'rakete', 2)).toBe(Number.POSITIVE_INFINITY)
    const endless = 'a'.repeat(EDIT_LENGTH_MAX + 1)
    expect(distance(endless, endless)).toBe(Number.POSITIVE_INFINITY)
  })

  const word = fc.string({ unit: fc.constantFrom(...'abcdehiknorstuz'), maxLength: 14 })

  test('the same both ways, and 0 for the same word alone', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(distance(one, other)).toBeCloseTo(distance(other, one), 9)
        expect(distance(one, other) === 0).toBe(one === other)
      }),
    )
  })

  test('never above what plain steps cost, first letters apart', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, other, 99)).toBeLessThanOrEqual(plainDistance(one, other) + 0.5)
      }),
    )
  })

  test('SlipFilter lets everything pass that is so many plain slips away', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom(1, 2), (one, other, slips) => {
        const filter = new EditDistanceFilter(codesOf(one), slips)
        const codes = codesOf(other)
        if (one !== '') expect(filter.passes(codes, 0, codes.length)).toBe(plainDistance(one, other) <= slips)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('phoneticCode', () => {
  it.each([
    ['philosophie', 'filosofie'],
    ['stadt', 'stat'],
    ['katze', 'kaze'],
    ['rhythmus', 'rhytmus'],
    ['mai', 'mei'],
    ['fahrrad', 'farad'],
    ['dackel', 'dakel'],
    ['schiff', 'schif'],
    ['weis', 'weiss'],
  ])('%s sounds like %s', (one, other) => {
    expect(phoneticCode(one)).toBe(phoneticCode(other))
  })

  it.each([
    ['schule', 'kule'],
    ['dach', 'dag'],
    ['haus', 'maus'],
  ])('%s does not sound like %s', (one, other) => {
    expect(phoneticCode(one)).not.toBe(phoneticCode(other))
  })

  test('never throws, never grows but for x, and double letters never stay', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (word) => {
        const sound = phoneticCode(word)
        expect(sound.length).toBeLessThanOrEqual(2 * word.length)
        expect(sound).not.toMatch(/([a-z])\1/)
      }),
    )
  })
})

/** Optimal string alignment with every step at 1, as textbooks have it. */
function plainDistance(one: string, other: string): number {
  const rows: number[][] = []
  for (let i = 0; i <= one.length; i++) {
    rows.push([])
    for (let j = 0; j <= other.length; j++) {
      const at = (a: number, b: number): number => rows[a]?.[b] as number
      if (i === 0 || j === 0) {
        rows[i]?.push(i + j)
        continue
      }
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1)
      rows[i]?.push(least)
    }
  }
  return rows[one.length]?.[other.length] as number
}
