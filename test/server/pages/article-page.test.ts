import fc from 'fast-check'
import { expect, it } from 'vitest'
import { highlight } from '../../../src/search/present/highlight.ts'
import type { MarkedRange } from '../../../src/search/present/marks.ts'
import { articlePage } from '../../../src/server/pages/article-page.ts'
import { MARK } from '../../../src/server/pages/html.ts'
import { articleOf } from '../../support/articles.ts'
import '../../support/property.ts'

const shell = { language: 'de', css: 'page.css', js: 'page.js', root: '../' } as const
const links = { root: '../', query: 'x', asked: null, level: 'h3', explains: false } as const

/** The paragraphs of an article's page, as they stand there. */
async function paragraphsOf(text: string, ranges: readonly MarkedRange[]): Promise<string> {
  const article = articleOf({ id: 'a', title: 'T', text })
  const html = String(
    await articlePage(shell, { article, degradation: null, marks: { title: [], text: ranges } }, [], links),
  )
  return /<div class="text">(.*?)<\/div>/s.exec(html)?.[1] ?? ''
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
