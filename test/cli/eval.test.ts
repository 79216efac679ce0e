import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readDataset } from '../../src/cli/dataset.ts'
import { evalCommand } from '../../src/cli/eval.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { readConfig } from '../../src/config.ts'
import { temporaryFolder } from '../support/folders.ts'

function datasetFolder(qrels: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'qrels'))
  const corpus = [
    { _id: 'd1', title: 'Brot', text: 'Brot aus Roggen.' },
    { _id: 'd2', title: '', text: 'Die Drohne fliegt.', quelle: 'Funk' },
    { _id: 'd3', title: '', text: 'Roggen und Drohnen.' },
  ]
  writeFileSync(join(folder, 'corpus.jsonl'), corpus.map((line) => `${JSON.stringify(line)}\n`).join(''))
  writeFileSync(
    join(folder, 'queries.jsonl'),
    '{"_id":"q1","text":"roggenbrot brot"}\n\n{"_id":"q2","text":"fliegt Drohnen"}\n{"_id":"q3","text":"x"}\n',
  )
  writeFileSync(join(folder, 'qrels', 'test.tsv'), qrels)
  return folder
}

const QRELS = 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\nq2\td1\t0\n'

function recorder(): { terminal: Terminal; out: string[]; notes: string[] } {
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
  return { terminal, out, notes }
}

async function run(folder: string, options: Record<string, string[]>, settings: Record<string, string> = {}) {
  const { terminal, out, notes } = recorder()
  const input = {
    config: readConfig(settings, {}),
    args: [folder],
    options: new Map(Object.entries(options)),
    settings,
    terminal,
  }
  return { code: await evalCommand.run(input), out: out.join('\n'), notes: notes.join('\n') }
}

describe('readDataset', () => {
  it('reads corpus, queries and judgements above nought', async () => {
    const { articles, queries, relevance } = await readDataset(datasetFolder(QRELS))
    expect(articles.map(({ id, meta }) => [id, meta])).toEqual([
      ['d1', {}],
      ['d2', { quelle: 'Funk' }],
      ['d3', {}],
    ])
    expect(queries.map(({ id }) => id)).toEqual(['q1', 'q2', 'q3'])
    expect(relevance.get('q2')).toEqual(new Map([['d2', 2]]))
  })

  it('says which line is wrong', async () => {
    await expect(readDataset(datasetFolder('q1\td1\tviel\nq2\td1\n'))).rejects.toThrow(
      /qrels.test\.tsv, Zeile 2: erwartet werden Frage, Artikel/,
    )
  })

  it.each<[string, string, string, RegExp]>([
    ['an article', 'corpus.jsonl', '{"_id":"a","title":5}', /corpus\.jsonl, Zeile 1: Feld „title“: erwartet/],
    ['no JSON', 'corpus.jsonl', 'x', /corpus\.jsonl, Zeile 1: kein gültiges JSON/],
    ['a query', 'queries.jsonl', '\nnull', /queries\.jsonl, Zeile 2: erwartet wird {"_id"/],
  ])('says what is wrong with %s', async (_, name, content, message) => {
    const folder = datasetFolder(QRELS)
    writeFileSync(join(folder, name), content)
    await expect(readDataset(folder)).rejects.toThrow(message)
  })

  it.each(['corpus.jsonl', 'queries.jsonl', 'qrels/test.tsv'])('says that %s is missing', async (name) => {
    const folder = datasetFolder(QRELS)
    rmSync(join(folder, name))
    await expect(readDataset(folder)).rejects.toMatchObject({
      code: 'dataset_missing',
      params: { path: join(folder, name) },
    })
  })

  it.each([
    ['empty', ''],
    ['of a header alone', 'query-id\tcorpus-id\tscore\n'],
    ['without anything relevant', 'q1\td1\t0\n'],
    ['of other queries', 'q9\td1\t1\n'],
  ])('says that there is nothing to measure where the judgements are %s', async (_, qrels) => {
    await expect(readDataset(datasetFolder(qrels))).rejects.toMatchObject({ code: 'dataset_unjudged' })
  })
})

describe('eval', () => {
  it('measures judged queries and leaves nothing behind', async () => {
    const temporary = temporaryFolder()
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, out } = await run(datasetFolder(QRELS), { json: [''] })
    expect(code).toBe(0)
    const result = JSON.parse(out)
    expect(Object.keys(result)).toEqual([
      'queries',
      'mrr10',
      'ndcg10',
      'success1',
      'success5',
      'success10',
      'recall100',
      'p50Ms',
      'p95Ms',
      'indexSeconds',
    ])
    expect(result).toMatchObject({ queries: 2, mrr10: 1, ndcg10: 1, success1: 1, recall100: 1 })
    expect(readdirSync(temporary).filter((name) => name.startsWith('fundstelle-eval-'))).toEqual([])
  })

  it('keeps the cache it was given, and adds strangers', async () => {
    const folder = datasetFolder(QRELS)
    writeFileSync(join(folder, 'fremde.txt'), 'Fliegt, fliegt, Drohnen!\n\nBrot Brot Brot\n')
    const cache = join(temporaryFolder(), 'cache')
    const { out } = await run(folder, { json: [''], strangers: [join(folder, 'fremde.txt')] }, { cache })
    expect(readdirSync(cache)).toContain('CURRENT')
    expect(JSON.parse(out).mrr10).toBeLessThan(1)
  })

  it('warns of judgements of what does not exist, and measures the rest', async () => {
    const { code, notes } = await run(datasetFolder(`${QRELS}q9\td1\t1\nq1\td7\t1\nq2\td8\t1\n`), {})
    expect(code).toBe(0)
    expect(notes).toMatch(/1 Fragen, etwa „q9“.*\n.*2 Artikel, etwa „d7“/)
  })

  it('says which file of strangers it cannot read', async () => {
    const missing = join(temporaryFolder(), 'fehlt.txt')
    await expect(run(datasetFolder(QRELS), { strangers: [missing] })).rejects.toThrow(
      `„${missing}“ konnte nicht gelesen werden (gibt es nicht, ENOENT)`,
    )
  })

  it('exits 1 below a minimum and says so', async () => {
    const folder = datasetFolder(QRELS)
    expect((await run(folder, { min: ['mrr10=0.9', 'success1=1'] })).code).toBe(0)
    const { code, notes } = await run(folder, { min: ['queries=3'] })
    expect([code, notes]).toEqual([1, 'queries ist 2, verlangt 3'])
    await expect(run(folder, { min: ['mrr10'] })).rejects.toThrow('mrr10=0.9')
    await expect(run(folder, { min: ['mrr=0.9'] })).rejects.toThrow('queries, mrr10, ndcg10')
    await expect(run(folder, { min: ['schoen=1'] })).rejects.toThrow('schoen')
  })
})
