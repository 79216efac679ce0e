import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { isStopWord } from '../../../src/analysis/german/stopwords.ts'
import { analyzeWord } from '../../support/words.ts'

/** Every stop word with an umlaut or ß, so that its other spelling is told too. */
const SPELT = [
  ...[
    'für',
    'über',
    'während',
    'daß',
    'außer',
    'innerhalb',
    'außerhalb',
    'wofür',
    'worüber',
    'dafür',
    'darüber',
    'fürs',
    'übers',
  ],
  ...[
    'wäre',
    'wären',
    'hätte',
    'hätten',
    'würde',
    'würden',
    'wurde',
    'können',
    'könnt',
    'könnte',
    'könnten',
    'muß',
    'müssen',
  ],
  ...[
    'müsst',
    'müsste',
    'müssten',
    'dürfen',
    'dürft',
    'dürfte',
    'dürften',
    'mögen',
    'mögt',
    'möchte',
    'möchten',
    'o.ä.',
    'u.ä.',
  ],
]

describe('stop words', () => {
  it.each(SPELT)('%s, however it is spelt', (word) => {
    const typed = word.replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss')
    for (const form of [word, word.normalize('NFD'), word.toUpperCase(), typed])
      expect(analyzeWord(form).stop).toBe(true)
    expect(isStopWord(word)).toBe(true)
  })

  const TELLING = [
    'Haus',
    'Ihring',
    'Krieg',
    'Soldaten',
    'USA',
    '4.700',
    'Würde-Begriff',
    'Dr',
    'München',
    'Mann',
    'Weile',
  ]
  it.each(TELLING)('%s is none', (word) => {
    expect(analyzeWord(word).stop).toBe(false)
  })

  it('keep their term', () => {
    expect(analyzeWord('für').term).toBe('fur')
    expect(analyzeWord('z. B.')).toMatchObject({ term: 'zb', stop: true })
  })

  it('are told in a text with spaced abbreviations', () => {
    const { words } = createAnalyzer().analyze('Das ist z. B. Brot, d.\u00a0h. Gebäck.')
    expect(words.filter((word) => !word.stop).map((word) => word.term)).toEqual(['brot', 'geback'])
  })
})
