import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MatchKind } from '../../../src/search/match/match-kind.ts'
import { Matcher, matchWords } from '../../../src/search/match/word-matcher.ts'
import type { ExpandedWord } from '../../../src/search/query/resolved-query.ts'
import { anyQuery, WORDS } from '../../support/articles.ts'
import '../../support/property.ts'
import { analyzeWord, queryWords } from '../../support/words.ts'

interface MatchCase {
  readonly why: string
  readonly found: string
  readonly wanted: string
  readonly kind: MatchKind | null
  /** The part of the found word that matched. */
  readonly part?: string
}

const CASES: readonly MatchCase[] = [
  { why: 'the same', found: 'Bücher', wanted: 'Bücher', kind: 'exact' },
  { why: 'capitals do not count', found: 'Bücher', wanted: 'bücher', kind: 'exact' },
  { why: 'NFD is the same spelling', found: 'Bu\u0308cher', wanted: 'Bücher', kind: 'exact' },
  { why: 'so is a soft hyphen', found: 'Bü\u00adcher', wanted: 'Bücher', kind: 'exact' },
  { why: 'ue for ü', found: 'Bücher', wanted: 'Buecher', kind: 'folded' },
  { why: 'ss for ß', found: 'Strasse', wanted: 'Straße', kind: 'folded' },
  { why: 'accents', found: 'Café', wanted: 'cafe', kind: 'folded' },
  { why: 'an ending', found: 'Drohnen', wanted: 'Drohne', kind: 'inflected' },
  { why: 'an ending and an umlaut', found: 'Häuser', wanted: 'Haus', kind: 'inflected' },
  { why: 'a hyphen more', found: 'Jonglier-Keulen', wanted: 'Jonglierkeulen', kind: 'joined' },
  { why: 'a hyphen less', found: 'SA22', wanted: 'SA-22', kind: 'joined' },
  { why: 'another hyphen is the same spelling', found: 'SA‑22', wanted: 'SA-22', kind: 'exact' },
  { why: 'dots', found: 'U.S.A.', wanted: 'USA', kind: 'joined' },
  { why: 'spaces of an abbreviation', found: 'z.\u00a0B.', wanted: 'z.B.', kind: 'exact' },
  { why: 'a number with a point', found: '4.700', wanted: '4700', kind: 'number' },
  { why: 'the same number', found: '4.700', wanted: '4.700', kind: 'exact' },
  { why: 'a part of the found word', found: 'Boden-Luft-Raketen', wanted: 'Rakete', kind: 'part', part: 'Raketen' },
  { why: 'a year of a date', found: '03.11.2024', wanted: '2024', kind: 'part', part: '2024' },
  { why: 'a part of the wanted word', found: 'Luft', wanted: 'Boden-Luft-Raketen', kind: 'part' },
  { why: 'a part of both', found: 'Luft-Wasser', wanted: 'Boden-Luft', kind: 'part', part: 'Luft' },
  { why: 'nothing in common', found: 'Haus', wanted: 'Hund', kind: null },
]

describe('matchWords', () => {
  it.each(CASES)('$why: $found for $wanted', ({ found, wanted, kind, part }) => {
    const match = matchWords(analyzeWord(found), queryWords(wanted)[0] as ExpandedWord)
    expect(match?.kind ?? null).toBe(kind)
    expect(match?.part && found.slice(match.part.start, match.part.end)).toBe(part)
  })
})

it('whatever word of the query a word of an article matches is among those that share a term with it', () => {
  fc.assert(
    fc.property(anyQuery, fc.constantFrom(...WORDS), (query, surface) => {
      const words = query.split(' ').flatMap((one) => queryWords(one))
      const found = analyzeWord(surface)
      const like = new Matcher(words).wordsLike(found)
      for (const [at, wanted] of words.entries()) if (matchWords(found, wanted) !== null) expect(like).toContain(at)
      expect(like).toEqual([...new Set(like)].sort((a, b) => a - b))
    }),
    { numRuns: 1000 },
  )
})
