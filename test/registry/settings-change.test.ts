import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type IndexSettings, type SettingsChange } from '../../src/registry/index-settings.ts'
import { settingsOf } from '../../src/registry/index-table.ts'
import { typoLengthsFault, withChange } from '../../src/registry/settings-change.ts'

const changedBy = (...changes: readonly SettingsChange[]): IndexSettings =>
  settingsOf({ set: changes.reduce(withChange, {} as Partial<IndexSettings>) })

describe('a change of settings', () => {
  it('leaves alone what it does not name', () => {
    expect(changedBy({ stopWords: ['und'] }, { synonyms: { a: ['b'] } })).toEqual({
      ...DEFAULT_SETTINGS,
      stopWords: ['und'],
      synonyms: { a: ['b'] },
    })
  })

  it('replaces lists and objects that have no parts', () => {
    expect(changedBy({ synonyms: { a: ['b'] } }, { synonyms: { c: ['d'] } }).synonyms).toEqual({ c: ['d'] })
  })

  it('takes back with null, and keeps nothing of it', () => {
    expect(
      withChange({ stopWords: ['und'], distinctAttribute: 'a' }, { stopWords: null, distinctAttribute: null }),
    ).toEqual({})
    expect(withChange({ pagination: { maxTotalHits: 5 } }, { pagination: null })).toEqual({})
  })

  it('changes the parts of an object that it names', () => {
    const typos = changedBy(
      { typoTolerance: { enabled: false } },
      { typoTolerance: { minWordSizeForTypos: { twoTypos: 20 } } },
    )
    expect(typos.typoTolerance).toEqual({
      ...DEFAULT_SETTINGS.typoTolerance,
      enabled: false,
      minWordSizeForTypos: { oneTypo: 5, twoTypos: 20 },
    })
    const faceting = changedBy(
      { faceting: { maxValuesPerFacet: 7 } },
      { faceting: { sortFacetValuesBy: { a: 'count' } } },
    ).faceting
    expect(faceting).toEqual({ maxValuesPerFacet: 7, sortFacetValuesBy: { '*': 'alpha', a: 'count' } })
  })

  it('takes a part back with null', () => {
    const change = { typoTolerance: { enabled: false, minWordSizeForTypos: { oneTypo: 1, twoTypos: 2 } } }
    expect(changedBy(change, { typoTolerance: { enabled: null, minWordSizeForTypos: null } })).toEqual(DEFAULT_SETTINGS)
    expect(
      changedBy(change, { typoTolerance: { minWordSizeForTypos: { oneTypo: null } } }).typoTolerance,
    ).toMatchObject({
      enabled: false,
      minWordSizeForTypos: { oneTypo: 5, twoTypos: 2 },
    })
  })

  it('taken back in whatever parts leaves the defaults', () => {
    const change = fc.record<SettingsChange>(
      {
        stopWords: fc.array(fc.string()),
        synonyms: fc.dictionary(fc.string(), fc.array(fc.string())),
        pagination: fc.record({ maxTotalHits: fc.nat() }, { requiredKeys: [] }),
        faceting: fc.record(
          {
            maxValuesPerFacet: fc.nat(),
            sortFacetValuesBy: fc.dictionary(fc.string(), fc.constantFrom('alpha', 'count')),
          },
          { requiredKeys: [] },
        ),
        typoTolerance: fc.record({ enabled: fc.boolean(), disableOnNumbers: fc.boolean() }, { requiredKeys: [] }),
        facetSearch: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const back = Object.fromEntries(Object.keys(DEFAULT_SETTINGS).map((name) => [name, null]))
        expect(changedBy(...changes, back)).toEqual(DEFAULT_SETTINGS)
      }),
    )
  })

  it('made twice is made once', () => {
    const change: SettingsChange = {
      stopWords: ['a'],
      typoTolerance: { enabled: null, minWordSizeForTypos: { oneTypo: 3 } },
      faceting: { sortFacetValuesBy: { x: 'count' } },
    }
    expect(changedBy(change, change)).toEqual(changedBy(change))
  })

  it('makes no member of every object', () => {
    const change = JSON.parse(
      '{"synonyms": {"__proto__": ["x"]}, "faceting": {"sortFacetValuesBy": {"__proto__": "count"}}}',
    ) as SettingsChange
    const changed = changedBy(change)
    expect(Object.keys(changed.synonyms)).toEqual(['__proto__'])
    expect(({} as { x?: unknown }).x).toBeUndefined()
    expect(Object.getPrototypeOf(changed.faceting.sortFacetValuesBy)).toBe(Object.prototype)
  })
})

describe('the lengths of words', () => {
  it('must not cross', () => {
    expect(typoLengthsFault({ oneTypo: 5, twoTypos: 5 })).toBeNull()
    expect(typoLengthsFault({ oneTypo: 10, twoTypos: 9 })).toContain('found `oneTypo: 10` and twoTypos: 9`.')
  })
})
