import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readDataset } from '../../src/cli/dataset.ts'
import { evalCommand } from '../../src/cli/eval.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { readConfig } from '../../src/config.ts'
import { FundstelleError } from '../../src/errors.ts'
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
      /line 2: expected query, article/,
    )
    await expect(readDataset('/nirgends')).rejects.toBeInstanceOf(FundstelleError)
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
