import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/registry/index-settings.ts'
import { rulesOfSettings } from '../../src/registry/rules-of-settings.ts'
import { NO_RULES } from '../../src/rules.ts'
import { parseRules } from '../../src/rules-file.ts'

describe('the rules of an index', () => {
  it('are none where its settings say nothing', () => {
    expect(rulesOfSettings(DEFAULT_SETTINGS)).toEqual(NO_RULES)
  })

  it('are what the same words in a file of rules are', () => {
    const rules = rulesOfSettings({
      stopWords: ['circa', 'bzw'],
      synonyms: { kita: ['krippe', 'kindergarten'], usa: ['vereinigte staaten'] },
      dictionary: ['Hochzeit'],
    })
    const file =
      'stoppwort: bzw, circa\nsynonym: kita > krippe, kindergarten\nsynonym: usa > vereinigte staaten\nungetrennt: Hochzeit'
    expect(rules).toEqual(parseRules(file, 'rules'))
  })

  it('come beside those of the owner, whose word counts more', () => {
    const owner = parseRules('wort: Kitaplatz\nstoppwort: etwa\nsynonym: a = b\noben: Drohnen > a.md', 'rules')
    const settings = {
      stopWords: ['etwa', 'circa'],
      synonyms: { kita: ['krippe'] },
      dictionary: ['kitaplatz', 'Hochzeit'],
    }
    expect(rulesOfSettings(settings, owner)).toEqual({
      ...owner,
      unsplit: ['Hochzeit'],
      stopWords: ['circa', 'etwa'],
      synonyms: [...owner.synonyms, { from: ['kita'], to: ['krippe'] }],
    })
  })

  it('leave out what no rule can be made of', () => {
    const settings = {
      stopWords: ['', '!', 'zu Hause'],
      synonyms: { '': ['a'], a: ['', '…'], b: [] },
      dictionary: ['J. R. R.', 'ab', ''],
    }
    expect(rulesOfSettings(settings)).toEqual(NO_RULES)
  })

  it('are spelt in one way', () => {
    expect(rulesOfSettings({ ...DEFAULT_SETTINGS, stopWords: ['fu\u0308r', 'für'] }).stopWords).toEqual(['für'])
  })
})
