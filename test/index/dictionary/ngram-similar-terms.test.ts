import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { NgramSimilarTerms } from '../../../src/index/dictionary/ngram-similar-terms.ts'
import type { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { SIMILARITY_MIN } from '../../../src/search/ranking/likeness.ts'
import { articleOf } from '../../support/articles.ts'
import { indexOf } from '../../support/memory-index.ts'

/** Terms are stems, so these words are spelt as theirs. */
const WORDS = [
  ...['drohn', 'drohnenabwehr', 'kampfdrohn', 'drohung', 'demokrati', 'demokratisch', 'sozialdemokrat', 'wetter'],
  ...['wetterbericht', 'unwetter', 'keul', 'jonglierkeul', 'reibungskraft', 'gleitreibungskraft', 'gleitkraft'],
  ...['heinicke', 'heineck', 'strassenbahn', 'bahnhof', 'ei', 'uhu', '4700', '2024', 'sa22'],
]

/** An index of articles of one word each. */
const indexOfWords = (words: readonly string[]): ArticleIndex =>
  indexOf(words.map((text, i) => articleOf({ id: `${i}`, text })))

/** The neighbours of a term, most alike first. */
function neighboursOf(index: ArticleIndex, term: string): { name: string; similarity: number }[] {
  const { vocabulary, grams } = index
  const nameOf = (number: number): string => vocabulary.terms.at(number) as string
  const neighbours = new NgramSimilarTerms(grams, (number) => vocabulary.documentFrequencies.at(number) > 0, nameOf)
  const { terms, similarities } = neighbours.of(term)
  return terms.map((number, at) => ({ name: nameOf(number), similarity: similarities[at] as number }))
}
const names = (index: ArticleIndex, term: string): string[] => neighboursOf(index, term).map(({ name }) => name)

describe('neighbours', () => {
  const index = indexOfWords(WORDS)

  it.each([
    { why: 'compounds with the word', term: 'drohn', found: ['kampfdrohn', 'drohnenabwehr'] },
    { why: 'its family', term: 'demokrat', found: ['demokrati', 'sozialdemokrat'] },
    { why: 'as alike, then by name', term: 'wetter', found: ['unwetter', 'wetterbericht'] },
    { why: 'what is left of a compound', term: 'strass', found: ['strassenbahn'] },
    { why: 'a compound that shares both parts', term: 'gleitkraft', found: ['gleit', 'gleitreibungskraft'] },
    { why: 'a slip of the fingers', term: 'wettterbericht', found: ['wetterbericht', 'bericht'] },
    { why: 'a word that no article has', term: 'drohnenabwehrsystem', found: ['drohnenabwehr'] },
  ])('$why: $term', ({ term, found }) => {
    expect(names(index, term)).toEqual(expect.arrayContaining(found))
    expect(names(index, term).filter((name) => found.includes(name))).toEqual(found)
  })

  it.each([
    { why: 'a short beginning alone is no likeness', term: 'drohung', stranger: 'drohn' },
    { why: 'a middle alone neither', term: 'bahnhof', stranger: 'strassenbahn' },
    { why: 'nor the same letters in another order', term: 'retwet', stranger: 'wetter' },
  ])('$why: $term, $stranger', ({ term, stranger }) => {
    expect(names(index, term)).not.toContain(stranger)
  })

  test.each(['4700', '2024', 'sa22', 'ei', 'x', '', '1,7', 'boden-luft'])('nothing for %j', (term) => {
    expect(names(index, term)).toEqual([])
  })

  test('numbers, codes and short words are never found either', () => {
    for (const term of [...index.vocabulary.terms, 'sa', 'eis', 'sazz'])
      for (const name of names(index, term)) expect(name).toMatch(/^\p{L}{3,}$/u)
  })

  test('the word itself is not among them, and a word without any has none', () => {
    expect(names(index, 'uhu')).toEqual([])
    for (const term of index.vocabulary.terms) expect(names(index, term)).not.toContain(term)
    expect(names(indexOf([]), 'drohn')).toEqual([])
  })

  test('similarities fall, from 1 to the least that counts', () => {
    for (const term of index.vocabulary.terms) {
      const found = neighboursOf(index, term).map(({ similarity }) => similarity)
      expect(found).toEqual(found.toSorted((a, b) => b - a))
      for (const similarity of found) {
        expect(similarity).toBeGreaterThanOrEqual(SIMILARITY_MIN)
        expect(similarity).toBeLessThanOrEqual(1)
      }
    }
  })

  test('the fifty most alike of many', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    const many = letters.flatMap((a) => letters.slice(0, 4).map((b) => `quastenflosser${a}${b}`))
    expect(neighboursOf(indexOfWords(many), 'quastenflosser')).toHaveLength(50)
  })
})

describe('neighbours of an index that changes', () => {
  const word = fc.constantFrom(...WORDS)
  const some = fc.uniqueArray(word, { minLength: 1 })

  test('terms of removed articles are never found', () => {
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.boolean()), (words, removed) => {
        const index = indexOfWords(words)
        for (const number of words.keys()) if (removed.next().value === true) index.remove(number + 1)
        for (const term of WORDS)
          for (const name of names(index, term)) expect(index.vocabulary.documentFrequency(name)).toBeGreaterThan(0)
      }),
    )
  })

  // two grams as rare as each other are looked through in the order they came in, and the last may not be looked through at all
  test('the same in whatever order the articles came', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...WORDS], { minLength: 2 }), (words) => {
        const [one, other] = [indexOfWords(words), indexOfWords(words.toSorted())]
        for (const term of WORDS) expect(neighboursOf(one, term)).toEqual(neighboursOf(other, term))
      }),
    )
  })

  test('the same whatever was there before', () => {
    fc.assert(
      fc.property(some, some, (before, words) => {
        const changed = indexOfWords([...before, ...words])
        for (const number of before.keys()) changed.remove(number + 1)
        const fresh = indexOfWords(words)
        for (const term of WORDS) expect(neighboursOf(changed, term)).toEqual(neighboursOf(fresh, term))
      }),
    )
  })
})
