import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { analyzeQuery } from '../../../src/search/query/analyze.ts'
import { distinctWords, QUERY_WORDS_MAX } from '../../../src/search/query/distinct-words.ts'
import { anyText, hostileText } from '../../support/property.ts'

const analyzer = createAnalyzer()
const PAGE = { offset: 0, limit: 20, matchingStrategy: 'last' } as const
const plan = (query: string, isWord = (_term: string): boolean => false) => {
  const planned = analyzeQuery(query, analyzer, PAGE)
  return { words: distinctWords(planned.tokens, isWord), empty: planned.empty }
}

interface PlanCase {
  readonly why: string
  readonly query: string
  /** Surfaces, with their count where it is not one. */
  readonly words: readonly string[]
  readonly empty?: boolean
}

const CASES: readonly PlanCase[] = [
  { why: 'nothing asks for everything', query: '', words: [], empty: true },
  { why: 'so do blanks', query: ' \t\n', words: [], empty: true },
  { why: 'signs ask for something nobody has', query: '!? »«', words: [] },
  { why: 'words in their order', query: 'nordkoreanischer Soldat', words: ['nordkoreanischer', 'Soldat'] },
  { why: 'stop words are left out', query: 'das Haus am See', words: ['Haus', 'See'] },
  { why: 'only stop words stay', query: 'der die das', words: ['der', 'die', 'das'] },
  { why: 'a stop word in the other spelling', query: 'fuer Ueber Haus', words: ['Haus'] },
  { why: 'one word twice counts twice', query: 'Haus und Haus', words: ['Haus x2'] },
  { why: 'by its term, not its spelling', query: 'Buch Buches BUCH', words: ['Buch x3'] },
  { why: 'a quoted query', query: '"neo-nazistischen Besatzer"', words: ['neo-nazistischen', 'Besatzer'] },
  { why: 'an abbreviation is a stop word', query: 'z. B. Brot', words: ['Brot'] },
]

describe('planQuery', () => {
  it.each(CASES)('$why: $query', ({ query, words, empty = false }) => {
    const found = plan(query)
    expect(found.words.map(({ surface, count }) => (count === 1 ? surface : `${surface} x${count}`))).toEqual(words)
    expect(found.empty).toBe(empty)
  })

  it('hands the page on', () => {
    expect(analyzeQuery('x', analyzer, { offset: 7, limit: 3, matchingStrategy: 'all' })).toMatchObject({
      offset: 7,
      limit: 3,
      matchingStrategy: 'all',
    })
  })

  it('reads no more words than it may, but counts those it knows', () => {
    const many = Array.from({ length: QUERY_WORDS_MAX + 50 }, (_, i) => `w${i}x`).join(' ')
    const { words } = plan(`${many} w0x`)
    expect(words).toHaveLength(QUERY_WORDS_MAX)
    expect(words[0]).toMatchObject({ surface: 'w0x', count: 2 })
    expect(words.at(-1)?.surface).toBe(`w${QUERY_WORDS_MAX - 1}x`)
  })

  it.each([
    ['stop words among the parts are left out', 'Mund-zu-Mund-Beatmung', ['Mund', 'Beatmung']],
    ['but not where nothing else is there', 'und-oder', ['und', 'oder']],
    ['each part once', 'Bora-Bora-Reise', ['Bora', 'Reise']],
    [
      'of very many the first',
      Array.from({ length: 40 }, (_, i) => `w${i}x`).join('-'),
      Array.from({ length: 16 }, (_, i) => `w${i}x`),
    ],
  ])('looks parts up: %s', (_, query, parts) => {
    const [found] = plan(query).words
    expect(found?.word.parts.map(({ start, end }) => query.slice(start, end))).toEqual(parts)
  })

  it('counts parts as words where it stops reading', () => {
    const many = Array.from({ length: QUERY_WORDS_MAX }, (_, i) => `eins${i}x-zwei${i}x-drei${i}x`).join(' ')
    expect(plan(many).words).toHaveLength(QUERY_WORDS_MAX / 4)
  })

  it('never fails, and has each term once', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText(), anyText), (query) => {
        const { words, empty } = plan(query)
        expect(new Set(words.map(({ word }) => word.term)).size).toBe(words.length)
        if (empty) expect(words).toEqual([])
        for (const { surface } of words) expect(query).toContain(surface)
      }),
      { numRuns: 1000 },
    )
  })
})
