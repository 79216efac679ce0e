import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Structure } from '../../../src/article/structure.ts'
import { type Block, structuredText } from '../../../src/ingest/blocks.ts'
import { highlight } from '../../../src/search/present/highlight.ts'
import type { MarkedRange } from '../../../src/search/present/marks.ts'
import { articlePage } from '../../../src/server/pages/article-page.ts'
import { MARK } from '../../../src/server/pages/html.ts'
import { articleOf } from '../../support/articles.ts'
import '../../support/property.ts'

const shell = { language: 'de', css: 'page.css', js: 'page.js', root: '../' } as const
const links = { root: '../', query: 'x', carried: [], level: 'h3', explains: false } as const

/** The text of an article's page, as it stands there. */
async function paragraphsOf(text: string, ranges: readonly MarkedRange[], structure?: Structure): Promise<string> {
  const article = { ...articleOf({ id: 'a', title: 'T', text }), ...(structure && { structure }) }
  const html = String(
    await articlePage(shell, { article, degradation: null, marks: { title: [], text: ranges } }, [], links),
  )
  return /<div class="text">(.*?)<\/div>\n<\/article>/s.exec(html)?.[1] ?? ''
}

const text = fc
  .array(fc.constantFrom('Haus', 'am', '<See>', '\n', '\n\n', '\n\n\n', ' ', '&'), { maxLength: 30 })
  .map((pieces) => pieces.join(''))

it('each paragraph has the marks that touch it, the first of all a name', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(80), { maxLength: 16 }), async (value, borders) => {
      const sorted = [...new Set(borders)].filter((at) => at <= value.length).sort((a, b) => a - b)
      const ranges: MarkedRange[] = []
      for (let i = 0; i + 1 < sorted.length; i += 2) ranges.push([sorted[i] as number, sorted[i + 1] as number])
      let isFirst = true
      const expected = [...value.matchAll(/[^\n]+(?:\n[^\n]+)*/g)].map((match) => {
        const [start, end] = [match.index, match.index + match[0].length]
        const inside = ranges.filter(([from, to]) => from < end && to > start)
        const marked = highlight(value, start, end, inside, MARK)
        if (!isFirst || inside.length === 0) return `<p dir="auto">${marked}</p>`
        isFirst = false
        return `<p dir="auto">${marked.replace(MARK.pre, '<mark id="fund">')}</p>`
      })
      expect(await paragraphsOf(value, ranges)).toBe(expected.join(''))
    }),
  )
})

it('marks are looked at once, not for each paragraph', async () => {
  let looks = 0
  const counted = (count: number): readonly MarkedRange[] =>
    new Proxy(
      Array.from({ length: count }, (_, i): MarkedRange => [i * 6, i * 6 + 4]),
      {
        get(target, name, receiver) {
          if (typeof name === 'string' && /^\d+$/.test(name)) looks += 1
          return Reflect.get(target, name, receiver)
        },
      },
    )
  await paragraphsOf('Haus\n\n'.repeat(3000), counted(3000))
  expect(looks).toBeLessThan(3000 * 10)
})

const item = (text: string, depth: number, isOrdered = false) => ({ kind: 'item', text, depth, isOrdered }) as const
const row = (...cells: string[]) => ({ kind: 'row', text: cells.join(' '), cells }) as const

it.each<[string, Block[], string]>([
  [
    'headings, below the page’s own',
    [
      { kind: 'heading', text: 'A & B', level: 1 },
      { kind: 'paragraph', text: 'c' },
      { kind: 'heading', text: 'd', level: 4 },
    ],
    '<h2 dir="auto">A &amp; B</h2><p dir="auto">c</p><h4 dir="auto">d</h4>',
  ],
  [
    'lists in lists',
    [item('a', 1), item('b', 2, true), item('c', 2, true), item('d', 1), { kind: 'paragraph', text: 'e' }],
    '<ul><li dir="auto">a<ol><li dir="auto">b</li><li dir="auto">c</li></ol></li><li dir="auto">d</li></ul><p dir="auto">e</p>',
  ],
  [
    'lists that begin deep, and two of another kind side by side',
    [item('a', 3), item('b', 1), item('c', 1, true)],
    '<ul><li><ul><li><ul><li dir="auto">a</li></ul></li></ul></li><li dir="auto">b</li></ul><ol><li dir="auto">c</li></ol>',
  ],
  [
    'tables and code',
    [row('a', '', 'b'), row('c', 'd'), { kind: 'code', text: 'x  y\n\nz' }],
    '<div class="table"><table><tr><td dir="auto">a</td><td dir="auto"></td><td dir="auto">b</td></tr><tr><td dir="auto">c</td><td dir="auto">d</td></tr></table></div><pre dir="auto">x  y\n\nz</pre>',
  ],
])('%s are shown as such', async (_, blocks, expected) => {
  const written = blocks.map((block) =>
    block.kind === 'row' ? { ...block, text: block.cells.filter((cell) => cell !== '').join(' ') } : block,
  )
  const { text: words, structure } = structuredText(written)
  const html = await paragraphsOf(words, [], structure)
  expect(html.replace(/ (?=<\/td>)/g, '')).toBe(expected)
})

it('the page of a printed document is named where it begins, or behind what it begins in', async () => {
  const words = 'Haus\n\nam See'
  const pages = [0, 2].map((start, at) => ({ kind: 'page', start, number: at + 1 }) as const)
  expect(await paragraphsOf(words, [[0, 4]], pages)).toBe(
    '<p class="page" id="page=1">Seite 1</p><p dir="auto"><mark id="fund">Ha</mark></p><p class="page" id="page=2">Seite 2</p><p dir="auto"><mark>us</mark></p><p dir="auto">am See</p>',
  )
})

const anyBlock = fc.oneof(
  fc.record({ kind: fc.constantFrom('paragraph', 'code'), text }),
  fc.record({ kind: fc.constant('item'), text, depth: fc.nat(20), isOrdered: fc.boolean() }),
  fc.record({ kind: fc.constant('heading'), text, level: fc.nat(9) }),
  fc.array(text).map((cells) => ({ kind: 'row', cells, text: cells.filter((cell) => cell !== '').join(' ') })),
) as fc.Arbitrary<Block>

it('elements of any structure are closed as they were opened, and have all words once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyBlock, { maxLength: 12 }),
      fc.array(fc.nat(200), { maxLength: 8 }),
      async (blocks, borders) => {
        const { text: words, structure } = structuredText(blocks)
        const sorted = [...new Set(borders)].filter((at) => at <= words.length).sort((a, b) => a - b)
        const ranges = sorted.slice(1).map((end, i): MarkedRange => [sorted[i] as number, end])
        const html = await paragraphsOf(words, ranges, structure)
        const open: string[] = []
        for (const [, isEnd, name] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
          if (isEnd === '') open.push(name as string)
          else expect(open.pop()).toBe(name)
        }
        expect(open).toEqual([])
        const shown = html
          .replace(/<[^>]*>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&')
        expect(shown.replace(/\s/g, '')).toBe(words.replace(/\s/g, ''))
      },
    ),
  )
})
