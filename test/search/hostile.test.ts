import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import type { Hit } from '../../src/search/present/hit.ts'
import type { SearchRequest } from '../../src/search/query/request.ts'
import { articleOf } from '../support/articles.ts'
import { graphemeBorders, hostileText } from '../support/property.ts'
import { type Searching, searching } from '../support/searching.ts'

/** Tags and markers no article has, so that they tell for sure what is ours and what the article's. */
const PRIVATE: Partial<SearchRequest> = { highlight: { pre: '\ue000', post: '\ue001' }, cropMarker: '\ue002' }
const PAGE = { limit: 100, cropLength: 12 } as const

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}
const unescaped = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] as string)

/** A stretch of an article as it is shown: its own words, and where in them the marks are. */
interface Piece {
  readonly text: string
  readonly marks: readonly (readonly [start: number, end: number])[]
}

/** A formatted field taken apart: one piece, or two with a marker between them. */
function takenApart(html: string): { pieces: Piece[]; cutBefore: boolean; cutAfter: boolean } {
  expect(html).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/)
  const cutBefore = html.startsWith('\ue002')
  const cutAfter = html.length > 1 && html.endsWith('\ue002')
  const pieces = html
    .slice(cutBefore ? 1 : 0, cutAfter ? -1 : undefined)
    .split('\ue002')
    .map(pieceOf)
  expect(pieces.length).toBeLessThanOrEqual(2)
  return { pieces, cutBefore, cutAfter }
}

function pieceOf(html: string): Piece {
  const marks: [number, number][] = []
  let text = ''
  let open: number | null = null
  for (const piece of html.split(/([\ue000\ue001])/)) {
    if (piece === '\ue000') {
      expect(open).toBeNull()
      open = text.length
    } else if (piece === '\ue001') {
      marks.push([open as number, text.length])
      open = null
    } else text += unescaped(piece)
  }
  expect(open).toBeNull()
  return { text, marks }
}

/** Everything the contract says of one hit's formatted fields and matches. */
function checkHit(hit: Hit, stored: Article): void {
  const title = pieceOf(hit.formatted.title)
  expect(title.text).toBe(stored.title)
  const titleBorders = graphemeBorders(stored.title)
  expect(title.marks.flat().filter((edge) => !titleBorders.has(edge))).toEqual([])

  const snippet = takenApart(hit.formatted.snippet)
  // one slice, or two with a marker between them
  let from = 0
  for (const piece of snippet.pieces) from = placeOf(piece, stored.text, from) + piece.text.length
  const [first, last] = [snippet.pieces[0] as Piece, snippet.pieces.at(-1) as Piece]
  if (!snippet.cutBefore)
    expect(stored.text.startsWith(first.text) || isBlankBefore(stored.text, first.text)).toBe(true)
  if (snippet.cutBefore || snippet.cutAfter) expect(last.text.length).toBeLessThan(stored.text.length)

  for (const { field, index, start, end, part } of hit.matches) {
    const value = fieldOf(stored, field, index)
    expect(value.slice(start, end)).toMatch(/[\p{L}\p{N}]/u)
    if (part === undefined) continue
    expect(part.start).toBeGreaterThanOrEqual(start)
    expect(part.end).toBeGreaterThan(part.start)
    expect(part.end).toBeLessThanOrEqual(end)
  }
  // what is told is also marked
  for (const { field, start, end } of hit.matches)
    if (field === 'title') expect(title.marks).toContainEqual([start, end])
}

/** Where a piece stands in a text, from a place on, its marks between graphemes. */
function placeOf({ text, marks }: Piece, stored: string, from: number): number {
  const borders = graphemeBorders(stored)
  let at = stored.indexOf(text, from)
  while (at >= 0 && !marks.flat().every((edge) => borders.has(at + edge))) at = stored.indexOf(text, at + 1)
  expect(at).toBeGreaterThanOrEqual(from)
  for (const [start, end] of marks) expect(end).toBeGreaterThan(start)
  return at
}

/** Whether nothing but white space and control characters stands before the snippet. */
function isBlankBefore(text: string, snippet: string): boolean {
  let start = 0
  while (start < text.length && text.charCodeAt(start) <= 0x20) start += 1
  return text.slice(0, start + snippet.length).endsWith(snippet) || text.slice(start).startsWith(snippet.trimStart())
}

function fieldOf(article: Article, field: string, index: number | undefined): string {
  if (field === 'title' || field === 'text') return article[field]
  const value =
    field === 'author' ? article.author : field === 'tags' ? article.tags : article.meta[field.slice('meta.'.length)]
  return (index === undefined ? value : (value as readonly string[])[index]) as string
}

/** The same with the usual tags: they are the only `<` there are. */
function checkMarkTags(hit: Hit, stored: Article): void {
  for (const [html, text] of [
    [hit.formatted.title, stored.title],
    [hit.formatted.snippet, stored.text],
  ] as const) {
    const plain = html.replaceAll('<mark>', '').replaceAll('</mark>', '')
    expect(plain).not.toMatch(/[<>]/)
    const ends = [plain, plain.replace(/^…/, ''), plain.replace(/…$/, ''), plain.replace(/^…/, '').replace(/…$/, '')]
    expect(ends.some((words) => isShownOf(unescaped(words), text))).toBe(true)
  }
}

/** Whether this is a slice of a text, or two in their order with a marker between them. */
function isShownOf(words: string, text: string): boolean {
  if (text.includes(words)) return true
  for (let at = words.indexOf('…'); at >= 0; at = words.indexOf('…', at + 1)) {
    const [left, right] = [words.slice(0, at), words.slice(at + 1)]
    const place = text.indexOf(left)
    if (place >= 0 && text.includes(right, place + left.length)) return true
  }
  return false
}

/** Hits looked at closely; many articles share a word. */
const LOOKED_AT = 8

/** Checks the first hits of a search, and that of `own` if it is among the others; gives the ids of all. */
async function checkAll(on: Searching, query: string, more: Partial<SearchRequest> = {}, own = ''): Promise<string[]> {
  const { hits } = await on.search(query, { ...PAGE, ...PRIVATE, ...more })
  for (const [rank, hit] of hits.entries()) {
    if (rank < LOOKED_AT || hit.id === own) checkHit(hit, (await on.article(hit.id as string)) as Article)
  }
  for (const hit of (await on.search(query, { ...PAGE, ...more, limit: LOOKED_AT })).hits.slice(0, 3)) {
    checkMarkTags(hit, (await on.article(hit.id as string)) as Article)
  }
  return hits.map((hit) => hit.id as string)
}

const analyzer = createAnalyzer()
const surfacesOf = (text: string): string[] => {
  const { starts, ends, words } = analyzer.analyze(text)
  return words.map((_, i) => text.slice(starts[i], ends[i]))
}

const content = fc.record({
  title: hostileText(12),
  text: fc.array(hostileText(25), { maxLength: 4 }).map((texts) => texts.join('. Haus ')),
  author: fc.option(hostileText(5)),
  tags: fc.array(hostileText(4), { maxLength: 2 }),
  meta: fc.dictionary(
    fc.constantFrom('ort', '__proto__', 'liste'),
    fc.oneof(hostileText(4), fc.array(hostileText(3))),
    { maxKeys: 2 },
  ),
})

describe('a thousand articles made to do harm', () => {
  it('are found by their own words, shown as they are, and marked at graphemes', async () => {
    let articles = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { minLength: 40, maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        async (contents, numbers) => {
          const pick = <T>(list: readonly T[]): T => list[(numbers.next().value as number) % list.length] as T
          articles += contents.length
          const given = contents.map((one, i) => articleOf({ ...one, id: `artikel-${i}` }))
          await searching(given, async (on) => {
            for (const { id } of given) {
              const stored = (await on.article(id)) as Article
              const own = [stored.title, stored.text, stored.author ?? '', ...stored.tags].flatMap(surfacesOf)
              if (own.length === 0) continue
              const query = [pick(own), pick(own), pick(own)].slice(0, 1 + (articles % 3)).join(' / ')
              const telling = analyzer.analyze(query).words
              expect(telling.length).toBeGreaterThan(0)
              expect(await checkAll(on, query, { matchingStrategy: 'all' }, id)).toContain(id)
            }
            for (let i = 0; i < 5; i++) await checkAll(on, pick(given).title, { cropLength: 1 + i * 3 })
            await checkAll(on, '')
          })
        },
      ),
      { numRuns: 26 },
    )
    expect(articles).toBeGreaterThanOrEqual(1000)
  })

  const MEGABYTE = 1 << 20
  const LONG: readonly { readonly why: string; readonly word: string }[] = [
    { why: 'letters', word: 'haus'.repeat(MEGABYTE / 4) },
    { why: 'soft hyphens', word: `haus${'\u00ad'.repeat(MEGABYTE)}tür` },
    { why: 'marks', word: `haus${'\u0301'.repeat(MEGABYTE)}` },
    { why: 'hyphens', word: `haus${'-tür'.repeat(MEGABYTE / 4)}` },
    { why: 'letters outside the first plane', word: '𐐀'.repeat(MEGABYTE / 2) },
  ]
  it.each(LONG)('one with a word of a megabyte of $why', ({ word }) =>
    searching(
      [
        articleOf({ id: 'lang', title: 'Titel', text: `Anfang ${word} Ende` }),
        articleOf({ id: 'kurz', text: 'Anfang Ende' }),
      ],
      async (on) => {
        const { hits } = await on.search(word, PRIVATE)
        expect(hits.map((hit) => hit.id)).toContain('lang')
        for (const query of ['Anfang', 'Ende', 'Titel', 'tür', word]) {
          for (const hit of (await on.search(query, PRIVATE)).hits) {
            const stored = (await on.article(hit.id as string)) as Article
            for (const { text } of takenApart(hit.formatted.snippet).pieces) {
              expect(text.length).toBeLessThan(1000)
              expect(stored.text).toContain(text)
            }
          }
        }
      },
    ),
  )
})
