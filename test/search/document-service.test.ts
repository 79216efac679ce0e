import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { DocumentSearch, DocumentSearchRequest } from '../../src/search/document-search.ts'
import { parseFilter } from '../../src/search/filter/parse.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { documentsAsked } from '../support/document-requests.ts'
import { documentSearch } from '../support/document-search.ts'
import { DOCUMENTS, JSON_DOCUMENTS, VALUED } from '../support/german-documents.ts'

type Shown = Record<string, unknown> & {
  readonly _formatted: Record<string, unknown>
  readonly _matchesPosition: Record<string, { start: number; length: number; indices?: number[] }[]>
}

let search: DocumentSearch
beforeEach(async () => {
  search = await documentSearch(JSON_DOCUMENTS, { valued: VALUED })
})

async function found(fields: Partial<DocumentSearchRequest>): Promise<Shown[]> {
  const { hits } = await search.searchDocuments(documentsAsked(fields))
  return hits.map(({ json }) => JSON.parse(json) as Shown)
}

const idsOf = (documents: readonly Record<string, unknown>[]): unknown[] => documents.map(({ id }) => id)
const ids = async (fields: Partial<DocumentSearchRequest>): Promise<unknown[]> => idsOf(await found(fields))
const filtered = (text: string): Promise<unknown[]> => ids({ filter: parseFilter(text, 'documents') })

describe('hits are documents', () => {
  test('as they came, without a query in the order they came', async () => {
    const { hits, totalHits } = await search.searchDocuments(documentsAsked())
    expect(hits.map(({ json }) => json)).toEqual(JSON_DOCUMENTS)
    expect(hits.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
    expect(totalHits).toBe(4)
  })

  test('numbers and blanks as they were written', async () => {
    const json = '{ "id": 1, "titel": "Haus", "groß": 12345678901234567890123, "preis": 1.0, "e": 1E5 }'
    const other = await documentSearch([json])
    const { hits } = await other.searchDocuments(documentsAsked({ q: 'Haus' }))
    expect(hits.map((hit) => hit.json)).toEqual([json])
    const { hits: formatted } = await other.searchDocuments(documentsAsked({ q: 'Haus', highlighted: ['*'] }))
    expect(JSON.parse(formatted[0]?.json ?? '')._formatted).toEqual({
      id: '1',
      titel: '<em>Haus</em>',
      groß: '12345678901234567890123',
      preis: '1.0',
      e: '1E5',
    })
  })

  test('found in title, text, lists and nested objects, by German words in any form', async () => {
    expect(await ids({ q: 'Häuser' })).toEqual([2, 1, 3])
    expect(await ids({ q: 'jongliert' })).toEqual([3])
    expect(await ids({ q: 'schleswig-holstein' })).toEqual([2])
    expect(await ids({ q: 'Überschwemmungen' })).toEqual([1])
    expect(await ids({ q: '"Ufer der Donau"' })).toEqual([4])
    expect(await ids({ q: 'Donau -Feuerwehr' })).toEqual([1])
    expect(await ids({ q: 'nirgendwo' })).toEqual([])
  })

  test('the first letter of a word completes it', async () => {
    expect(await ids({ q: 'j' })).toEqual([3])
  })

  test('equal documents are each their own', async () => {
    const twins = await documentSearch(['{"id":1,"titel":"Haus"}', '{"id":2,"titel":"Haus"}'])
    expect((await twins.searchDocuments(documentsAsked({ q: 'Haus' }))).totalHits).toBe(2)
  })

  test('colons name no field', async () => {
    expect(await ids({ q: 'titel:Haus' })).toContain(2)
  })
})

describe('which words must be there', () => {
  test('all of them, or those that tell most', async () => {
    expect(await ids({ q: 'Donau Boote', matchingStrategy: 'all' })).toEqual([4])
    expect(new Set(await ids({ q: 'Donau Boote', matchingStrategy: 'last' }))).toEqual(new Set([4, 1, 2]))
    expect(await ids({ q: 'Donau Passau', matchingStrategy: 'frequency' })).toEqual([1])
  })

  test('only in some attributes', async () => {
    expect(await ids({ q: 'Haus', searchOn: ['titel'] })).toEqual([2])
    expect(await ids({ q: 'Haus', searchOn: ['beiträge'] })).toEqual([3])
    expect(await ids({ q: 'Haus', searchOn: ['beiträge.text', 'titel'] })).toEqual([2, 3])
    expect(await ids({ q: 'Haus', searchOn: ['beiträge.autor'] })).toEqual([])
    expect(await ids({ q: 'Donau Passau', searchOn: ['titel'], matchingStrategy: 'all' })).toEqual([])
    expect(await ids({ q: '', searchOn: ['titel'] })).toEqual([1, 2, 3, 4])
  })

  test('within a filter and some ids', async () => {
    const filter = parseFilter('jahr > 2023', 'documents')
    expect(await ids({ q: 'Haus', filter, searchOn: ['titel', 'beiträge'] })).toEqual([3])
    expect(await ids({ ids: ['4', '1', '9'] })).toEqual([1, 4])
  })
})

describe('filters name attributes by their paths', () => {
  test.each([
    ['ort.land = Bayern', [1, 4]],
    ['jahr >= 2023 AND NOT ort.land = Bayern', [2, 3]],
    ['schlagworte IN [wetter, Sport]', [1, 3, 4]],
    ['veröffentlicht = true', [1, 2, 4]],
    ['preis EXISTS', [2]],
    ['titel = "Das Haus am See"', [2]],
    ['id < 3', [1, 2]],
    ['jahr 2022 TO 2023', [2, 4]],
    ['fehlt = 1', []],
  ])('%s', async (filter, expected) => {
    expect(await filtered(filter)).toEqual(expected)
  })

  test('an attribute that is called as articles have it may hold anything', async () => {
    const others = await documentSearch(
      ['{"id":1,"titel":"a","date":1690000000}', '{"id":2,"titel":"b","date":"gestern"}'],
      { valued: ['date'] },
    )
    const filter = parseFilter('date > 1680000000', 'documents')
    const { hits } = await others.searchDocuments(documentsAsked({ filter }))
    expect(hits.map(({ id }) => id)).toEqual(['1'])
  })
})

describe('orders, counts and pages', () => {
  test('sorted by attributes, what lacks them last', async () => {
    expect(await ids({ sort: [{ field: 'jahr', descending: true }] })).toEqual([1, 3, 2, 4])
    expect(await ids({ sort: [{ field: 'preis', descending: false }] })).toEqual([2, 1, 3, 4])
    expect(await ids({ q: 'Haus', sort: [{ field: 'ort.name', descending: false }] })).toEqual([3, 1, 2])
    const { hits } = await search.searchDocuments(
      documentsAsked({
        sort: [
          { field: 'jahr', descending: true },
          { field: 'preis', descending: false },
        ],
      }),
    )
    expect(hits.map(({ sortValues }) => sortValues)).toEqual([
      [2024, null],
      [2024, null],
      [2023, 349_000],
      [2022, null],
    ])
  })

  test('values are counted by name or by number of hits', async () => {
    const facets = ['schlagworte', 'jahr', 'ort.land', 'fehlt']
    const byName = await search.searchDocuments(documentsAsked({ facets }))
    expect(Object.entries(byName.facetDistribution['schlagworte'] ?? {})).toEqual([
      ['Feuerwehr', 1],
      ['Rekord', 1],
      ['Sport', 1],
      ['Wetter', 2],
      ['Wohnen', 1],
      ['Überschwemmung', 1],
    ])
    expect(byName.facetDistribution['ort.land']).toEqual({ Bayern: 2, Hessen: 1, 'Schleswig-Holstein': 1 })
    expect(byName.facetStats).toEqual({ jahr: { min: 2022, max: 2024 } })
    const byCount = await search.searchDocuments(
      documentsAsked({ facets, facetOrder: { schlagworte: 'count' }, maxValuesPerFacet: 1 }),
    )
    expect(byCount.facetDistribution['schlagworte']).toEqual({ Wetter: 2 })
    expect(byCount.facetDistribution['ort.land']).toEqual({ Bayern: 2 })
  })

  test('counts alone are those of the hits, and cost less', async () => {
    const asked = documentsAsked({ q: 'Haus Ufer Donau', facets: ['jahr', 'ort.land'] })
    const [whole, counts] = [new WorkBudget(), new WorkBudget()]
    const { hits, processingTimeMs, ...expected } = await search.searchDocuments(asked, whole)
    const { hits: none, processingTimeMs: _, ...counted } = await search.searchDocuments({ ...asked, limit: 0 }, counts)
    expect(hits.length).toBeGreaterThan(2)
    expect(none).toEqual([])
    expect(counted).toEqual(expected)
    expect(counts.spent).toBeLessThan(whole.spent)
  })

  test('all that can be counted', async () => {
    const { facetDistribution } = await search.searchDocuments(documentsAsked({ facets: ['*'] }))
    expect(Object.keys(facetDistribution)).toEqual(expect.arrayContaining(['jahr', 'ort.name', 'titel', 'schlagworte']))
    expect(facetDistribution['jahr']).toEqual({ 2022: 1, 2023: 1, 2024: 2 })
  })

  test('of hits with the same value the first stays', async () => {
    expect(await ids({ distinct: 'jahr' })).toEqual([1, 2, 4])
  })

  test('stretches', async () => {
    const { hits, totalHits } = await search.searchDocuments(documentsAsked({ limit: 2, offset: 1 }))
    expect(hits.map(({ id }) => id)).toEqual(['2', '3'])
    expect(totalHits).toBe(4)
    expect((await search.searchDocuments(documentsAsked({ limit: 0 }))).hits).toEqual([])
  })
})

describe('what of a document is shown', () => {
  test('what was asked for of what may be shown', async () => {
    const [hit] = await found({ q: 'Plön', shown: { displayed: ['titel', 'ort'], retrieved: ['ort.land', 'jahr'] } })
    expect(hit).toEqual({ ort: { land: 'Schleswig-Holstein' } })
  })

  test('marks in all of it; numbers are texts there, everything else is as it came', async () => {
    const [hit] = await found({ q: 'Häuser Ufer', highlighted: ['*'], ids: ['1'] })
    expect(hit?._formatted).toEqual({
      ...DOCUMENTS[0],
      id: '1',
      inhalt:
        'Die Donau trat über die <em>Ufer</em>. <em>Häuser</em> in der Altstadt liefen voll, das Wasser stand in den Straßen.',
      ort: { name: 'Passau', land: 'Bayern', koordinaten: ['48.57', '13.46'] },
      jahr: '2024',
    })
    const { _formatted, ...document } = hit as Shown
    expect(document).toEqual(DOCUMENTS[0])
  })

  test('a phrase is marked as one, of a completed word what was typed', async () => {
    const [phrase] = await found({ q: '"Ufer der Donau"', ids: ['4'], highlighted: ['*'], showMatchesPosition: true })
    expect(phrase?._formatted['inhalt']).toBe('Am <em>Ufer der Donau</em> übte die Feuerwehr mit Booten.')
    expect(phrase?._matchesPosition).toEqual({ inhalt: [{ start: 3, length: 14 }] })
    const [typed] = await found({ q: 'Reg', ids: ['4'], highlighted: ['ort.name'] })
    expect(typed?._formatted['ort']).toEqual({ name: '<em>Reg</em>ensburg', land: 'Bayern' })
    const [hyphens] = await found({ q: '"schleswig holstein"', ids: ['2'], highlighted: ['ort'] })
    expect(hyphens?._formatted['ort']).toEqual({ name: 'Plön', land: '<em>Schleswig-Holstein</em>' })
  })

  test('without what is to be marked nothing is formatted', async () => {
    const [hit] = await found({ q: 'Haus', ids: ['2'], highlighted: ['beiträge.autor'] })
    expect(hit).not.toHaveProperty('_formatted')
  })

  test('marks in lists of objects, with where they stand', async () => {
    const [hit] = await found({ q: 'Haus', ids: ['3'], highlighted: ['beiträge.text'], showMatchesPosition: true })
    expect(hit?._formatted['beiträge']).toEqual([
      { autor: 'Anna', text: 'Das <em>Haus</em> war voll' },
      { autor: 'Bert', text: 'Großartig' },
    ])
    expect(hit?._matchesPosition).toEqual({ 'beiträge.text': [{ start: 4, length: 4, indices: [0] }] })
  })

  test('what is marked is there, also where it was not asked for', async () => {
    const shown = { displayed: null, retrieved: ['id'] }
    const [hit] = await found({ q: 'See', ids: ['2'], highlighted: ['titel'], shown })
    expect(hit).toEqual({ id: 2, _formatted: { id: '2', titel: 'Das Haus am <em>See</em>' } })
  })

  test('what may not be shown is not marked either', async () => {
    const shown = { displayed: ['id'], retrieved: null }
    const [hit] = await found({ q: 'See', ids: ['2'], highlighted: ['*'], showMatchesPosition: true, shown })
    expect(hit).toEqual({ id: 2, _formatted: { id: '2' }, _matchesPosition: {} })
  })

  test('cut to some words, marks with tags of one’s own', async () => {
    const [hit] = await found({
      q: 'Ufer',
      ids: ['4'],
      highlighted: ['inhalt'],
      cropped: [{ attribute: 'inhalt', words: 4 }],
      cropMarker: '[…]',
      highlight: { pre: '<b>', post: '</b>' },
    })
    expect(hit?._formatted['inhalt']).toBe('Am <b>Ufer</b> der Donau[…]')
    expect(hit?._formatted['titel']).toBe('Feuerwehr probt den Ernstfall')
  })

  test('markup is nobody’s: nothing is escaped, and no tag is marked', async () => {
    const text = `<p class="Haus">Ein Haus</p> & ${'noch ein Satz. '.repeat(200)}`
    const pages = await documentSearch([JSON.stringify({ id: 1, titel: 'a', text })])
    const { hits } = await pages.searchDocuments(documentsAsked({ q: 'haus', highlighted: ['*'] }))
    expect(JSON.parse(hits[0]?.json ?? '')._formatted.text).toBe(text.replace('Ein Haus', 'Ein <em>Haus</em>'))
  })

  test('scores from 0 to 1, with what they are made of by the names of ranking rules', async () => {
    const hits = await found({ q: 'Haus', showRankingScore: true, showRankingScoreDetails: true })
    const scores = hits.map((hit) => hit['_rankingScore'] as number)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true)
    expect(Object.keys(hits[0]?.['_rankingScoreDetails'] as object)).toEqual([
      ...['words', 'typo', 'proximity', 'attributeRank', 'wordPosition', 'exactness'],
    ])
    const [all] = await found({ showRankingScore: true })
    expect(all?.['_rankingScore']).toBe(1)
  })

  test('what scores less than a bound is no hit, and is not counted', async () => {
    const { hits } = await search.searchDocuments(documentsAsked({ q: 'Haus' }))
    const second = hits[1]?.rankingScore as number
    const better = await search.searchDocuments(
      documentsAsked({ q: 'Haus', rankingScoreThreshold: second, facets: ['jahr'] }),
    )
    expect(better.hits).toHaveLength(2)
    expect(better.totalHits).toBe(2)
    expect(Object.values(better.facetDistribution['jahr'] ?? {}).reduce((a, b) => a + b, 0)).toBe(2)
    expect(await ids({ q: 'Haus', rankingScoreThreshold: 1 })).toEqual([])
  })
})

describe('documents without a search', () => {
  test('are read as far as an answer may carry them, however many are asked for', async () => {
    const large = Array.from({ length: 60 }, (_, id) => JSON.stringify({ id, titel: 'Haus', zeichen: 'x'.repeat(1e6) }))
    let read = 0
    const other = await documentSearch(large, { searchable: ['titel'] }, () => {
      read += 1
    })
    const all = { ids: null, filter: null, sort: [], fields: null, limit: 1e9, offset: 0 }
    await expect(other.documents(all)).rejects.toMatchObject({ code: 'answer_large' })
    expect(read).toBe(50)
    const named = { ...all, ids: large.map((_, id) => String(id)) }
    await expect(other.documents(named)).rejects.toMatchObject({ code: 'answer_large' })
    expect(read).toBe(100)
    expect((await other.documents({ ...named, limit: 1, offset: 59, fields: ['id'] })).documents).toEqual(['{"id":59}'])
  })

  test('in the order they came, some at a time', async () => {
    const all = { ids: null, filter: null, sort: [], fields: null, limit: 20, offset: 0 }
    expect(await search.documents(all)).toEqual({ documents: JSON_DOCUMENTS, total: 4 })
    expect(await search.documents({ ...all, limit: 1, offset: 2, fields: ['id'] })).toEqual({
      documents: ['{"id":3}'],
      total: 4,
    })
    const some = await search.documents({ ...all, ids: ['3', '9', '1', '3'], fields: ['id'] })
    expect(some).toEqual({ documents: ['{"id":3}', '{"id":1}'], total: 2 })
  })

  test('filtered and sorted', async () => {
    const filter = parseFilter('ort.land = Bayern', 'documents')
    const sort = [{ field: 'jahr', descending: false }]
    const listed = await search.documents({ ids: null, filter, sort, fields: ['id'], limit: 20, offset: 0 })
    expect(listed).toEqual({ documents: ['{"id":4}', '{"id":1}'], total: 2 })
    expect(await search.documentIds(filter)).toEqual(['1', '4'])
  })

  test('one by its id', async () => {
    expect(await search.document('2', null)).toBe(JSON_DOCUMENTS[1])
    expect(await search.document('2', ['ort.name'])).toBe('{"ort":{"name":"Plön"}}')
    expect(await search.document('9', null)).toBeUndefined()
  })

  test('the nearest to one', async () => {
    const answer = await search.similarDocuments('1', documentsAsked())
    expect(answer?.hits.map(({ id }) => id)).toContain('4')
    expect(answer?.hits.map(({ id }) => id)).not.toContain('1')
    expect(await search.similarDocuments('9', documentsAsked())).toBeUndefined()
  })
})

describe('a budget that is used up', () => {
  test('is told; without any of it nothing is searched', async () => {
    const budget = new WorkBudget(1)
    budget.spend(1)
    const answer = await search.searchDocuments(documentsAsked({ q: 'Haus' }), budget)
    expect(answer).toMatchObject({ hits: [], totalHits: 0, isDegraded: true })
    expect(budget.cuts).toEqual(['searches'])
  })

  test('leaves out marks that would have to be looked for', async () => {
    const text = 'Ein Haus am Ufer. '.repeat(200)
    const long = await documentSearch([JSON.stringify({ id: 1, titel: 'Haus', text: 'kurz', anhang: text })])
    const asked = documentsAsked({ q: 'Haus', highlighted: ['anhang'] })
    const whole = await long.searchDocuments(asked)
    expect(whole.isDegraded).toBe(false)
    expect(whole.hits[0]?.json).toContain('<em>Haus</em>')
    const budget = new WorkBudget()
    budget.spend(budget.limit * 0.999)
    const { hits, isDegraded } = await long.searchDocuments(asked, budget)
    expect(isDegraded).toBe(true)
    for (const { json } of hits) expect(json).not.toContain('<em>')
  })
})

describe('whatever documents and queries say', () => {
  const word = fc.constantFrom(
    'Haus',
    'Häuser',
    'Ufer',
    'läuft',
    '<b>',
    '&',
    '4.700',
    'Straße',
    '🏠',
    '\n',
    'x"y',
    '\\',
  )
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '))
  const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 3 }))
  const body = fc.record({
    titel: text,
    text: fc.oneof(
      text,
      text.map((words) => `${words}. `.repeat(400)),
    ),
    liste: fc.array(fc.record({ a: value, b: text }), { maxLength: 2 }),
    mehr: value,
  })

  /** The strings of a document, and its numbers as they are written. */
  function textsOf(document: unknown): string[] {
    if (typeof document === 'string') return [document]
    if (typeof document === 'number') return [JSON.stringify(document)]
    if (typeof document !== 'object' || document === null) return []
    return Object.values(document).flatMap(textsOf)
  }

  test('without its marks what is formatted is the document; positions slice what is marked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 4 }), text, async (bodies, q) => {
        const documents = bodies.map((one, id) => ({ id, ...one }))
        const own = await documentSearch(documents.map((document) => JSON.stringify(document)))
        const { hits } = await own.searchDocuments(
          documentsAsked({
            q,
            highlighted: ['*'],
            highlight: { pre: '⟦', post: '⟧' },
            showMatchesPosition: true,
          }),
        )
        for (const { json } of hits) {
          const { _formatted, _matchesPosition, ...document } = JSON.parse(json) as Shown
          expect(document).toEqual(JSON.parse(JSON.stringify(documents[document['id'] as number])))
          const formatted = textsOf(_formatted)
          expect(formatted.map((one) => one.replace(/[⟦⟧]/g, ''))).toEqual(textsOf(document))
          const marked = formatted.flatMap((one) => [...one.matchAll(/⟦([^⟧]*)⟧/g)].map(([, inner]) => inner))
          const sliced = Object.entries(_matchesPosition).flatMap(([path, list]) =>
            list.map(({ start, length, indices = [] }) => {
              const at = valueAt(document, path.split('.'), [...indices])
              return Buffer.from(String(at))
                .subarray(start, start + length)
                .toString()
            }),
          )
          expect(sliced.sort()).toEqual(marked.sort())
        }
      }),
      { numRuns: 40 },
    )
  })

  /** The value at a path; of lists on the way the elements that are named. */
  function valueAt(value: unknown, path: string[], indices: number[]): unknown {
    if (Array.isArray(value)) return valueAt(value[indices.shift() as number], path, indices)
    const name = path.shift()
    return name === undefined ? value : valueAt((value as Record<string, unknown>)[name], path, indices)
  }
})
