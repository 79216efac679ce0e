import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metricsOf } from '../../src/cli/metrics.ts'
import { readQueryList } from '../../src/cli/query-list.ts'
import { readBaseline, writeBaseline } from '../../src/cli/rank-baseline.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { changesBetween, figuresOf, tuneCommand } from '../../src/cli/tune.ts'
import { readConfig } from '../../src/config.ts'
import { openAnalysis } from '../../src/index/open-analysis.ts'
import { buildSnapshot } from '../../src/index/snapshot/catch-up.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import '../support/property.ts'

const ARTICLES = [
  articleOf({ id: 'rad', title: 'Radverkehr', text: 'Wer mit dem Rad fährt.', url: 'https://example.org/rad' }),
  articleOf({ id: 'bahn', title: 'Bahn', text: 'Züge und Räder auf Schienen.' }),
  articleOf({ id: 'bus', title: 'Bus', text: 'Fährt auf der Straße.' }),
]

async function cacheOfArticles(): Promise<string> {
  const cache = join(temporaryFolder(), 'cache')
  mkdirSync(cache)
  const store = ArticleStore.open(cache)
  for (const article of ARTICLES) store.put(article, null)
  const { analyzer, fingerprint } = openAnalysis(null)
  await buildSnapshot(cache, store, analyzer, fingerprint)
  store.close()
  return cache
}

function listOf(content: string | Buffer): string {
  const path = join(temporaryFolder(), 'anfragen.tsv')
  writeFileSync(path, content)
  return path
}

async function run(list: string, settings: Record<string, string>, options: Record<string, string[]> = {}) {
  const [out, notes]: [string[], string[]] = [[], []]
  const same = (text: string): string => text
  const terminal: Terminal = {
    language: 'de',
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    say: (words) => words.de,
    progress: () => {},
    paint: { bold: same, dim: same, mark: same },
  }
  const code = await tuneCommand.run({
    config: readConfig(settings, {}),
    args: [list],
    options: new Map(Object.entries(options)),
    settings,
    terminal,
  })
  return { code, out: out.join('\n'), notes: notes.join('\n') }
}

describe('a list of queries', () => {
  it('has a line each; several of one query are several right articles', async () => {
    const path = listOf('\ufeff# eigene\nRad\trad\n\nBahn fahren\tbahn \nRad\thttps://example.org/rad\t\n')
    expect(await readQueryList(path)).toEqual([
      { query: 'Rad', ids: new Set(['rad', 'https://example.org/rad']) },
      { query: 'Bahn fahren', ids: new Set(['bahn']) },
    ])
  })

  it.each([
    ['no tab', 'Rad rad\n', 1],
    ['no query', 'Rad\trad\n\trad\n', 2],
    ['no article', '# x\nRad\t \n', 2],
    ['three columns', 'Rad\trad\tbahn\n', 1],
    ['nothing', '# x\n', 1],
    ['another encoding', Buffer.from('Rad\trad\nH\xe4user\trad\n', 'latin1'), 2],
  ])('%s is told with its line', async (_, content, line) => {
    await expect(readQueryList(listOf(content))).rejects.toMatchObject({ code: 'dataset_broken', params: { line } })
  })

  it('has a bound', async () => {
    const content = Array.from({ length: 10_001 }, (_, i) => `frage ${i}\trad\n`).join('')
    await expect(readQueryList(listOf(content))).rejects.toMatchObject({ params: { line: 10_001 } })
  })
})

describe('figures', () => {
  const rank = fc.option(fc.integer({ min: 1, max: 100 }))

  it('are those of eval', () => {
    fc.assert(
      fc.property(fc.array(rank, { minLength: 1 }), (ranks) => {
        const relevance = new Map([['x', 1]])
        const { mrr10, success1, success10 } = metricsOf(
          ranks.map((one) => ({ ids: one === null ? [] : [...Array(one - 1).fill('o'), 'x'], relevance })),
        )
        const figures = figuresOf(ranks)
        expect(figures.mrr10).toBeCloseTo(mrr10, 12)
        expect(figures.success1).toBeCloseTo(success1, 12)
        expect(figures.success10).toBeCloseTo(success10, 12)
      }),
    )
  })

  it('changes are those of queries that both have, the greatest loss first', () => {
    const before = new Map([
      ['a', 1],
      ['b', 2],
      ['c', 7],
      ['d', 3],
      ['weg', 1],
    ])
    const now = new Map([
      ['a', 3],
      ['b', 1],
      ['c', null],
      ['d', 3],
      ['neu', 1],
    ])
    expect(changesBetween(before, now)).toEqual([
      { query: 'a', before: 1, now: 3 },
      { query: 'c', before: 7, now: null },
      { query: 'b', before: 2, now: 1 },
    ])
  })
})

describe('a result that was kept', () => {
  it('is read as it was written', () => {
    const path = join(temporaryFolder(), 'stand.json')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.option(fc.integer({ min: 1, max: 100 })))), (entries) => {
        const ranks = new Map(entries.filter(([query]) => query !== '__proto__'))
        writeBaseline(path, ranks)
        expect(new Map([...(readBaseline(path) as Map<string, number | null>)].sort())).toEqual(
          new Map([...ranks].sort()),
        )
      }),
    )
  })

  it('is none where there is no such file', () =>
    expect(() => readBaseline(join(temporaryFolder(), 'stand.json'))).toThrow(
      expect.objectContaining({ code: 'baseline_unusable' }),
    ))

  it.each([
    'kein JSON',
    'null',
    '{"format":2,"ranks":{}}',
    '{"format":1,"ranks":{"a":0}}',
    '{"format":1,"ranks":{"a":"1"}}',
    '{"format":1,"ranks":null}',
  ])('%s is none', (content) => {
    const path = join(temporaryFolder(), 'stand.json')
    writeFileSync(path, content)
    expect(() => readBaseline(path)).toThrow(expect.objectContaining({ code: 'baseline_unusable' }))
  })

  it('says why it cannot be written', () => {
    const path = join(temporaryFolder(), 'fehlt', 'stand.json')
    expect(() => writeBaseline(path, new Map())).toThrow(expect.objectContaining({ code: 'baseline_unwritable' }))
  })
})

describe('tune', () => {
  it('keeps a result, and tells what a rule made better and worse', async () => {
    const cache = await cacheOfArticles()
    const list = listOf('Zug\tbahn\nFahrrad\thttps://example.org/rad\nBus\tbus\nQuastenflosser\tfehlt\n')
    const kept = join(temporaryFolder(), 'stand.json')
    const saved = await run(list, { cache }, { save: [kept] })
    expect(saved.code).toBe(0)
    expect(saved.notes).toContain('„Quastenflosser“ will den Artikel „fehlt“, den es im Index nicht gibt')
    expect(JSON.parse(readFileSync(kept, 'utf8')).ranks).toMatchObject({
      Bus: 1,
      Quastenflosser: null,
    })

    const rules = join(temporaryFolder(), 'regeln.txt')
    writeFileSync(rules, 'oben: Bus > rad, bahn\noben: Fahrrad > rad\n')
    const after = await run(list, { cache, rules }, { against: [kept] })
    expect(after.out).toContain('schlechter\n    1 →   3  Bus')
    expect(after.out).toContain('nicht unter den ersten zehn\n    –  Quastenflosser')
    expect(after.out).toContain('4 Anfragen in beiden')
  })

  it('finds copies of articles as well: what is folded elsewhere is not lost here', async () => {
    const cache = await cacheOfArticles()
    const store = ArticleStore.open(cache)
    store.put(articleOf({ ...(ARTICLES[1] as (typeof ARTICLES)[number]), id: 'kopie' }), null)
    store.close()
    const { out } = await run(listOf('Bahn\tkopie\nBahn Züge\tbahn\n'), { cache })
    expect(out).toContain('success10 1.0000')
  })

  it('ends with 1 below a minimum', async () => {
    const cache = await cacheOfArticles()
    const list = listOf('Bus\tbus\nQuastenflosser\tbus\n')
    expect((await run(list, { cache }, { min: ['mrr10=.5', 'success10=.5'] })).code).toBe(0)
    const below = await run(list, { cache }, { min: ['mrr10=.51'] })
    expect(below).toMatchObject({ code: 1, notes: expect.stringContaining('mrr10 ist 0.5, verlangt 0.51') })
    await expect(run(list, { cache }, { min: ['ndcg10=1'] })).rejects.toMatchObject({ code: 'bad_value' })
  })

  it('gives the same as JSON', async () => {
    const cache = await cacheOfArticles()
    const list = listOf('Bus\tbus\n')
    writeFileSync(`${list}.stand`, '{"format":1,"ranks":{"Bus":4}}')
    const { out } = await run(list, { cache }, { json: [''], against: [`${list}.stand`] })
    expect(JSON.parse(out)).toEqual({
      queries: 1,
      mrr10: 1,
      success1: 1,
      success10: 1,
      changes: [{ query: 'Bus', before: 4, now: 1 }],
    })
  })
})
