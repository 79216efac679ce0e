import { describe, expect, it } from 'vitest'
import { correctedQuery } from '../../../src/search/present/did-you-mean.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { askOf } from '../../support/memory-index.ts'

/** Every text an article. */
const ARTICLES = [
  'Die Feuerwehr rückte mit zwei Drohnen aus.',
  'Das Wetter in München bleibt schön.',
  'Der Bäcker in der Hauptstraße hat geöffnet.',
  'Die Krankenversicherung zahlt die Brille.',
  'Im Jahr 1871 kam die SA-22.',
].map((text, i) => articleOf({ id: `${i}`, text }))

interface Case {
  readonly why: string
  readonly query: string
  /** Null where nothing is proposed. */
  readonly meant: string | null
}

const CASES: readonly Case[] = [
  { why: 'spelt as the article spells it', query: 'Feurwehr', meant: 'Feuerwehr' },
  { why: 'in the form the article has', query: 'Drhone', meant: 'Drohnen' },
  { why: 'without capitals where the query has none', query: 'feurwehr', meant: 'feuerwehr' },
  {
    why: 'the other words as they were typed',
    query: 'Wie wird das  Wettrr in München?',
    meant: 'Wie wird das  Wetter in München?',
  },
  { why: 'not within another word', query: 'feurwehrx feurwehr', meant: 'feurwehrx feuerwehr' },
  { why: 'several words', query: 'feurwehr drhone', meant: 'feuerwehr drohnen' },
  { why: 'with its umlauts', query: 'Muenchn', meant: 'München' },
  { why: 'with its ß', query: 'Hauptstrase', meant: 'Hauptstraße' },
  { why: 'two slips in a long word', query: 'Krankenvrsichrung', meant: 'Krankenversicherung' },
  { why: 'spelt right', query: 'Feuerwehr', meant: null },
  { why: 'right but for umlauts', query: 'Baecker Munchen', meant: null },
  { why: 'another form of the word', query: 'Drohne', meant: null },
  { why: 'no article has it, nor anything like it', query: 'Quastenflosser', meant: null },
  { why: 'the lexicon knows it: it may be meant', query: 'Wettern', meant: null },
  { why: 'nor is one that it knows taken for a slip', query: 'Grille', meant: null },
  { why: 'numbers and codes', query: '1872 SA-23', meant: null },
  { why: 'nothing but signs', query: '?!', meant: null },
  { why: 'nothing', query: '', meant: null },
  { why: 'a word typed twice', query: 'drhone drhone', meant: 'drohnen drohnen' },
  { why: 'a word that another begins with', query: 'wettrxyz wettr', meant: 'wettrxyz wetter' },
  { why: 'a word that another ends with', query: 'xyzwettr wettr', meant: 'xyzwettr wetter' },
  { why: 'signs that patterns know', query: 'drhone (a.b [c]-d', meant: 'drohnen (a.b [c]-d' },
  { why: 'hyphens and apostrophes', query: "feur-wehr drhone's", meant: 'feuerwehr drohnen' },
  { why: 'signs of a replacement are words like others', query: 'feurwehr $& $1', meant: 'feuerwehr $& $1' },
]

describe('correctedQuery', () => {
  it.each(CASES)('$why: $query', async ({ query, meant }) => {
    expect(correctedQuery(query, await askOf(ARTICLES, query), new WorkBudget())).toBe(meant)
  })

  it('leaves a word alone that the lexicon knows, though it found what is spelt nearly like it', async () => {
    const result = await askOf([articleOf({ id: 'a', text: 'Viele Raben' })], 'Rasen')
    expect(result.words[0]).toMatchObject({ isKnownWord: true, expansions: [{ kind: 'typo' }] })
    expect(result.totalHits).toBe(1)
    expect(correctedQuery('Rasen', result, new WorkBudget())).toBeNull()
  })

  it.each([
    ['Drohne, DROHNE', 'Drohne'],
    ['DROHNE, Drohne', 'DROHNE'],
  ])('takes of spellings that are as near the first: %s', async (text, meant) => {
    const result = await askOf([articleOf({ id: 'a', text })], 'Drhone')
    expect(correctedQuery('Drhone', result, new WorkBudget())).toBe(meant)
  })
})
