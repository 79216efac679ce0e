import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packColumns } from '../../../src/index/arrays/packed-file.ts'
import { PhoneticIndex } from '../../../src/index/dictionary/phonetic-index.ts'
import { type Candidate, SpellingCandidates } from '../../../src/index/dictionary/spelling-candidates.ts'
import { Vocabulary } from '../../../src/index/segment/vocabulary.ts'
import { analyzer } from '../../support/memory-index.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

const SEEDS = [
  'haus',
  'hauser',
  'maus',
  'hasu',
  'strase',
  'meier',
  'maier',
  'mayr',
  'bot',
  'fahrrad',
  'donaudampfschiff',
]
/** Folded words that lie close together. */
const word = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.nat(20),
    fc.string({ unit: fc.constantFrom('a', 'e', 'm', 's', 't'), maxLength: 2 }),
  )
  .map(([seed, at, letters]) => seed.slice(0, at) + letters + seed.slice(at))
  .filter((text) => text.length > 1)
const some = fc.array(word, { maxLength: 15 })
const typed = fc.array(fc.oneof(word, fc.constantFrom(...SEEDS)), { minLength: 1, maxLength: 4 })

describe('words by their sound', () => {
  const filled = (words: readonly string[], all: readonly string[], first: number, into?: PhoneticIndex) => {
    const index = into ?? new PhoneticIndex((item) => all[item] as string)
    for (const [at, one] of words.entries()) index.add(one, first + at)
    return index
  }
  const near = (index: PhoneticIndex, spelling: string) => index.near(spelling, 4).sort((a, b) => a.item - b.item)

  test('packed, opened and grown, they are those entered at once, and the file stays as it was', () => {
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 4 }), typed, (pieces, spellings) => {
        const all = pieces.flat()
        const atOnce = filled(all, all, 0)
        let [grown, entered] = [filled([], all, 0), 0]
        for (const piece of pieces) {
          filled(piece, all, entered, grown)
          entered += piece.length
          const file = reopened(grown.pack())
          const untouched = new PhoneticIndex((item) => all[item] as string, file.packed)
          filled(['haus', 'qualm'], all, 0, untouched)
          expect(file.isUntouched()).toBe(true)
          grown = new PhoneticIndex((item) => all[item] as string, reopened(file.packed).packed)
        }
        expect(grown.size).toBe(all.length)
        expect(grown.pack()).toEqual(atOnce.pack())
        for (const one of [...spellings, ...all.slice(0, 3)]) expect(near(grown, one)).toEqual(near(atOnce, one))
      }),
      { numRuns: 40 },
    )
  })

  test('also where the table of sounds has grown', () => {
    const syllables = ['ma', 'ro', 'ku', 'bi', 'fe', 'lo', 'na', 'ti']
    const all = Array.from({ length: 2400 }, (_, at) =>
      Array.from(at.toString(8).padStart(4, '0'), (digit) => syllables[Number(digit)]).join(''),
    )
    const half = new PhoneticIndex((item) => all[item] as string, filled(all.slice(0, 1500), all, 0).pack())
    const [grown, atOnce] = [filled(all.slice(1500), all, 1500, half), filled(all, all, 0)]
    expect(grown.pack().table.length).toBeGreaterThan(4096)
    const [one, other] = [grown, atOnce].map((index) => Buffer.concat(packColumns(index.pack())))
    expect(Buffer.compare(one as Buffer, other as Buffer)).toBe(0)
    expect(near(grown, all[2399] as string)).toEqual(near(atOnce, all[2399] as string))
    // each is found again where it stands now
    const sounds = grown.pack().ends.length
    expect(filled(all, all, 0, grown).pack().ends.length).toBe(sounds)
  })
})

describe('candidates', () => {
  const entered = (words: readonly string[], into = new Vocabulary()): Vocabulary => {
    for (const one of words) {
      const form = into.formOf(analyzer.word(one))
      const term = into.termOfForm(form)
      into.countForm(form, 1)
      into.documentFrequencies.set(term, into.documentFrequencies.at(term) + 1)
    }
    return into
  }
  const near = (words: SpellingCandidates, spelling: string, max: number): Candidate[] =>
    words.candidates([...words.nearStored(spelling, max), ...words.nearLater(spelling, max)])
  const sorted = (found: readonly Candidate[]): string[] => found.map((one) => JSON.stringify(one)).sort()

  test('of a file and of what came later are those of all words, entered at once or a few at a time', () => {
    fc.assert(
      fc.property(some, some, typed, fc.integer({ min: 1, max: 5 }), (first, later, spellings, count) => {
        const vocabulary = entered(first)
        const file = reopened(new SpellingCandidates(vocabulary).pack())
        entered(later, vocabulary)
        const [grown, atOnce] = [new SpellingCandidates(vocabulary, file.packed), new SpellingCandidates(vocabulary)]
        while (!grown.add(count));
        for (const one of spellings) expect(sorted(near(grown, one, 3))).toEqual(sorted(near(atOnce, one, 3)))
        expect(file.isUntouched()).toBe(true)
        // packed again, all of it lies in one file
        const again = new SpellingCandidates(vocabulary, reopened(grown.pack()).packed)
        expect(again.pack().entered).toEqual(Uint32Array.of(vocabulary.forms.length, vocabulary.terms.length))
        expect(again.add(0)).toBe(true)
        for (const one of spellings) expect(sorted(near(again, one, 3))).toEqual(sorted(near(atOnce, one, 3)))
        expect(file.isUntouched()).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('what was opened is given back where nothing came; what was not entered yet is packed', () => {
    const vocabulary = entered(['Haus', 'Maus'])
    const packed = new SpellingCandidates(vocabulary).pack()
    expect([...packed.entered]).toEqual([vocabulary.forms.length, vocabulary.terms.length])
    expect(new SpellingCandidates(vocabulary, packed).pack()).toBe(packed)
    entered(['Laus'], vocabulary)
    const more = new SpellingCandidates(vocabulary, packed)
    expect(more.add(0)).toBe(false)
    const [grown, atOnce] = [more.pack(), new SpellingCandidates(vocabulary).pack()]
    expect(grown.entered).toEqual(atOnce.entered)
    expect(grown.sounds.items.slice().sort()).toEqual(atOnce.sounds.items.slice().sort())
  })
})
