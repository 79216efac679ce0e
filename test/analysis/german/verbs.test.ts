import { describe, expect, it } from 'vitest'
import { analyzeWord } from '../../support/words.ts'

const term = (word: string): string => analyzeWord(word).term

describe('forms of one verb have one term', () => {
  it.each([
    ['regular', ['kaufen', 'kaufe', 'kaufst', 'kauft', 'kaufte', 'kauften', 'gekauft']],
    ['with e before the ending', ['arbeiten', 'arbeitet', 'arbeitete', 'gearbeitet']],
    ['on -eln and -ern', ['sammeln', 'sammelt', 'sammelte', 'gesammelt']],
    ['separable', ['abholen', 'abholt', 'abgeholt', 'abzuholen']],
    ['inseparable', ['verkaufen', 'verkauft', 'verkaufte']],
    ['strong', ['geben', 'gibst', 'gibt', 'gab', 'gaben', 'gegeben', 'gäbe']],
    ['strong and separable', ['ankommen', 'ankam', 'angekommen', 'anzukommen']],
    ['strong and inseparable', ['vergessen', 'vergisst', 'vergaß', 'vergass']],
    ['strong, with both kinds of prefixes', ['anvertrauen', 'anvertraut']],
    ['mixed', ['bringen', 'bringt', 'brachte', 'gebracht']],
    ['führt is of führen, not of fahren', ['führen', 'führe', 'führt', 'führst', 'führte', 'geführt']],
    ['so are its compounds', ['einführen', 'einführt', 'einführte', 'eingeführt']],
    ['spannt is of spannen, not of spinnen', ['spannen', 'spannt', 'gespannt']],
    ['drängt is of drängen, not of dringen', ['drängen', 'drängt', 'gedrängt']],
    ['a subjunctive where no other verb has the form', ['kommen', 'kam', 'käme', 'kämst', 'kämt']],
    ['a subjunctive with a vowel of its own', ['stehen', 'stünde', 'stünden']],
    ['lasen is no rare verb', ['lesen', 'las', 'lasen', 'gelesen']],
    ['erwog is of erwägen', ['erwägen', 'erwog', 'erwogen']],
    ['überwog is of überwiegen', ['überwiegen', 'überwog']],
    ['weißt is of wissen, not of weisen', ['wissen', 'weißt', 'gewusst']],
    ['with ae for ä', ['fahren', 'fährt', 'faehrt', 'fuhr']],
  ])('%s', (_, forms) => {
    for (const form of forms) expect([form, term(form)]).toEqual([form, term(forms[0] as string)])
  })
})

describe('strangers stay apart', () => {
  it.each([
    ['Garten', 'garen'],
    ['Zeit', 'zeihen'],
    ['Wert', 'werden'],
    ['Israel', 'Isral'],
    ['Manuel', 'Manul'],
    ['Gebiet', 'bieten'],
    ['Bett', 'beten'],
    ['führt', 'fährt'],
    ['Gärten', 'gären'],
    ['Bögen', 'biegen'],
  ])('%s is not %s', (one, other) => {
    expect(term(one)).not.toBe(term(other))
  })
})

it.each(['Ratte', 'Hütte', 'Bett', 'Watte', 'Mutter'])('%s is no form of a verb in -ten', (noun) => {
  expect(analyzeWord(noun).aliases).toEqual([])
})

it('declined present participles are one word, apart from the verb', () => {
  const [first, ...others] = ['laufende', 'laufenden', 'laufender', 'laufendes'].map(term)
  for (const other of others) expect(other).toBe(first)
  expect(first).not.toBe(term('laufen'))
})

it.each([
  ['gehört', 'hor', 'gehor'],
  ['gefallen', 'gefall', 'fall'],
])('%s, which two verbs have, is found by both', (form, first, second) => {
  const { term, aliases } = analyzeWord(form)
  expect([term, ...aliases.map((alias) => alias.term)]).toEqual([first, second])
})
