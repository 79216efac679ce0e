import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { analysedBy } from '../src/index/open-analysis.ts'
import { parseRules } from '../src/rules-file.ts'
import { DEFAULT_REQUEST } from '../src/search/query/request.ts'
import { createSearchService } from '../src/search/service.ts'
import { readThesaurus, Thesaurus } from '../src/thesaurus.ts'
import { articleOf } from './support/articles.ts'
import { engineOf, indexOf } from './support/memory-index.ts'
import './support/property.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const PLAGUE = `UTF-8
|1
-|(Jahreszahl)|anno (...)
pest|2
-|Beulenpest|Pest|Pestilenz (veraltet)|Seuche (ugs., abwertend)|schwarzer Tod|Krankheit (Oberbegriff)|Leiden (geh., veraltet) (Oberbegriff)
-|Pest|Budapest|pest|Seuche
rad|1
-|Fahrrad|Velo (schweiz.)|Rad
`

describe('a thesaurus', () => {
  const thesaurus = new Thesaurus(bytes(PLAGUE), 'x')

  it('gives single words of every sense, each once, without remarks and more general words', () => {
    expect(thesaurus.synonymsOf('Pest')).toEqual(['Beulenpest', 'Pestilenz', 'Seuche', 'Budapest'])
    expect(thesaurus.synonymsOf('RAD')).toEqual(['Fahrrad', 'Velo'])
    expect(thesaurus.synonymsOf('Fahrrad')).toEqual([])
    expect(thesaurus.size).toBe(3)
  })

  it('has a bound for each word', () => {
    const many = Array.from(
      { length: 300 },
      (_, i) => `wort${'abcdefghij'[i % 10]}${'abcdefghijklmnopqrstuvwxyz0123'[Math.floor(i / 10)]}`,
    )
    const words = many.map((word) => word.replace(/\d/g, 'ä'))
    expect(new Thesaurus(bytes(`UTF-8\nviel|1\n-|${words.join('|')}\n`), 'x').synonymsOf('viel')).toHaveLength(40)
  })

  it('ends where its file ends', () => {
    expect(new Thesaurus(bytes('UTF-8\npest|3\n-|Seuche'), 'x').synonymsOf('pest')).toEqual(['Seuche'])
    expect(new Thesaurus(bytes('UTF-8\r\npest|1\r\n-|Seuche\r\n'), 'x').synonymsOf('pest')).toEqual(['Seuche'])
  })

  it.each([
    ['ISO-8859-1\npest|1\n-|Seuche\n', 1, 'ISO-8859-1'],
    ['UTF-8\npest\n', 2, 'pest'],
    ['UTF-8\npest|1\n-|Seuche\n-|Krankheit\n', 4, '-|Krankheit'],
    ['', 1, ''],
  ])('is refused with the line that is none of one: %j', (text, line, got) => {
    expect(() => new Thesaurus(bytes(text), 'th.dat')).toThrow(
      expect.objectContaining({ code: 'thesaurus_unusable', params: { path: 'th.dat', line, got } }),
    )
  })

  it('gives back what was written, whatever the words', () => {
    const word = fc.stringMatching(/^[a-zäöüß][a-zäöüß-]{1,12}$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(word, fc.array(word, { minLength: 1, maxLength: 5 })), { selector: ([key]) => key }),
        (entries) => {
          const text = entries.map(([key, synonyms]) => `${key}|1\n-|${synonyms.join('|')}\n`).join('')
          const read = new Thesaurus(bytes(`UTF-8\n${text}`), 'x')
          for (const [key, synonyms] of entries)
            expect(read.synonymsOf(key)).toEqual([...new Set(synonyms)].filter((one) => one !== key))
        },
      ),
    )
  })
})

describe('named in the rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'thesaurus-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'th.dat'), PLAGUE)
  const rulesOf = (text: string) => parseRules(text, join(folder, 'regeln.txt'))

  it('lies beside them, or where a whole path says', () => {
    expect(rulesOf('thesaurus: th.dat').thesaurus).toBe(join(folder, 'th.dat'))
    expect(rulesOf('thesaurus: /usr/share/th.dat').thesaurus).toBe('/usr/share/th.dat')
    expect(() => rulesOf('thesaurus: a.dat\nthesaurus: b.dat')).toThrow(/eine.* einzigen Datei/)
  })

  it('is told where it cannot be read', () => {
    expect(() => readThesaurus(join(folder, 'fehlt.dat'))).toThrow(
      expect.objectContaining({ code: 'thesaurus_unreadable' }),
    )
    expect(() => analysedBy(rulesOf('thesaurus: fehlt.dat'))).toThrow(/fehlt\.dat/)
  })

  it('adds to the scores of hits, below the word as it was typed, and finds what nothing else finds', async () => {
    const articles = [
      articleOf({ id: 'beides', text: 'Die Pest war eine Seuche in der Stadt' }),
      articleOf({ id: 'pest', text: 'Die Pest kam über Nacht in die Stadt' }),
      articleOf({ id: 'velo', text: 'Mit dem Velo in die Stadt' }),
    ]
    const idsOf = async (rules: string, q: string) => {
      const { analyzer, rules: own } = analysedBy(rulesOf(rules))
      const engine = engineOf(indexOf(articles, analyzer), new Map(articles.map((one, i) => [i + 1, one])), analyzer)
      const service = createSearchService(engine, { analyzer: () => analyzer, rules: () => own })
      return (await service.search({ ...DEFAULT_REQUEST, q })).hits.map(({ id }) => id)
    }
    expect(await idsOf('', 'Rad')).toEqual([])
    expect(await idsOf('thesaurus: th.dat', 'Rad')).toEqual(['velo'])
    expect((await idsOf('thesaurus: th.dat', 'Pest')).sort()).toEqual(['beides', 'pest'])
  })
})
