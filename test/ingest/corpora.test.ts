import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import { splitFrontMatter } from '../../src/ingest/front-matter.ts'
import { markdownBlocks, wholeBlocks } from '../../src/ingest/markdown-blocks.ts'
import { readFile } from '../../src/ingest/read-file.ts'
import { walk } from '../../src/ingest/walk.ts'

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const blog = join(data, 'cwa-blog.tar.xz')
const laws = join(data, 'gesetze.tar.xz')
const hasTar = canRun('tar', '--version') && canRun('xz', '--version')

/** A sample keeps the suite fast; all of the laws take half a minute. */
const SAMPLE = [
  'gesetze/s_stoffbilv.md',
  'gesetze/a_aabgebv.md',
  'gesetze/1_1-dm-goldmuenzg.md',
  'gesetze/a_aeausglv.md',
]

function canRun(program: string, argument: string): boolean {
  try {
    execFileSync(program, [argument], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Unpacks into a folder that is gone afterwards. */
function withUnpacked(archive: string, members: readonly string[], use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'fundstelle-corpus-'))
  try {
    execFileSync('tar', ['-xJf', archive, '-C', folder, ...members])
    use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function articlesIn(folder: string): { article: Article; source: string }[] {
  const articles: { article: Article; source: string }[] = []
  for (const found of walk(folder, { maxFileBytes: 10_000_000 })) {
    if (found.kind === 'skipped') continue
    if (found.kind !== 'file') throw new Error(`${found.kind}: ${found.path}`)
    const bytes = readFileSync(found.absolutePath)
    const result = readFile(bytes, found.path)
    for (const reading of result.kind === 'read' ? result.readings : []) {
      if (reading.kind !== 'article') throw new Error(`${reading.kind} in ${found.path}`)
      articles.push({ article: reading.article, source: bytes.toString() })
    }
  }
  return articles
}

function expectPlainText(text: string): void {
  expect(text).not.toMatch(/^\s|\s$|\n{3}|\]\(http|\\\*/)
}

describe.skipIf(!existsSync(blog) || !hasTar)(
  '39 German posts (skipped where ../shared/data or tar and xz are missing)',
  () => {
    it('are articles with their titles and the days of their folders', () => {
      withUnpacked(blog, [], (folder) => {
        const articles = articlesIn(folder)
        expect(articles).toHaveLength(39)
        for (const { article } of articles) {
          expect(article.title).not.toBe('')
          expect(article.date).toBe(/\/(\d{4}-\d\d-\d\d)-/.exec(article.id)?.[1])
          expectPlainText(article.text)
        }
        const post = articles.find(({ article }) => article.id.endsWith('2021-04-30-facts-and-figures/index_de.md'))
        expect(post?.article.title).toBe('Aktuelle Zahlen und Fakten zur Corona-Warn-App')
        expect(post?.article.author).toBe('Janina Hoerdt')
        expect(post?.article.meta).toMatchObject({ 'page-description': 'Aktuelle Zahlen und Fakten' })
      })
    })
  },
)

describe.skipIf(!existsSync(laws) || !hasTar)(
  'a sample of laws (skipped where ../shared/data or tar and xz are missing)',
  () => {
    it('are articles with the titles of their front matter', () => {
      withUnpacked(laws, SAMPLE, (folder) => {
        const articles = articlesIn(folder)
        expect(articles).toHaveLength(SAMPLE.length)
        for (const { article, source } of articles) {
          const title = /^Title: (.+(?:\n {2}.+)*)/m.exec(source)?.[1]?.replace(/\s+/g, ' ')
          expect(article.title).toBe(title?.replace(/^'(.*)'$/, '$1'))
          expect(Object.keys(article.meta)).toContain('jurabk')
          expectPlainText(article.text)
          const { body } = splitFrontMatter(source)
          expect(markdownBlocks(body)).toEqual(wholeBlocks(body))
        }
      })
    })
  },
)

const seed = join(data, 'nordkoreanische-soldaten.txt')
it.skipIf(!existsSync(seed))('reads the owner’s own article (skipped where ../shared/data is missing)', () => {
  const result = readFile(readFileSync(seed), 'nordkoreanische-soldaten.txt')
  const [reading] = result.kind === 'read' ? result.readings : []
  if (reading?.kind !== 'article') throw new Error('no article')
  const { article } = reading
  expect(article.title).toBe('Nordkoreanische Soldaten: 600 Tote im Ukraine-Krieg – Was passiert jetzt?')
  expect(article.meta).toEqual({
    vorfall: 'Körperverletzung',
    ursache: 'Krieg',
    ort: 'Kursk, Russland',
    verletzte: 4700,
    quellen: [],
  })
  const parts = article.text.split('\n\n')
  expect(parts[0]).toMatch(/^Kursk, Russland - Die Situation/)
  expect(parts).toContain('Technologische Unterstützung und militärische Kooperation')
  expect(parts).toContain('Internationale Reaktionen')
  expect(parts.at(-1)).toMatch(/entwickeln wird\.$/)
  expect(parts).toHaveLength(9)
})
