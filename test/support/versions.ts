import { seededRandom } from './corpus.ts'
import type { Versions } from './disturbed-cache.ts'
import { oneOf } from './thorough.ts'

const ARTICLES = 260
const WORDS = 'Haus Häuser Ufer Drohne Drohnen Straße Hausboot Rakete laufen läuft Müller Kassel Passau'.split(' ')
/** So long that much text has few tokens, as threads are worth it by its bytes; no compounds, which would take time. */
const LONG = [...'abcdefgh'].map((letter) => `${letter}qxzjvw`.repeat(9))
const QUERIES = [
  'Grundwort',
  'Hausboot -Kassel',
  'Fassung2',
  'Drohne Ufer',
  'Kennwort13',
  '"Grundwort Haus"',
  'Rakette',
]

/** One file, so that all of it is one transaction of the store: every article in this version, but for every tenth where some are to go. */
function file(
  version: number,
  articles: number,
  words: readonly string[],
  length: number,
  everyTenthIsGone = false,
): Record<string, string> {
  const random = seededRandom(version)
  const lines: string[] = []
  for (let number = 0; number < articles; number++) {
    if (everyTenthIsGone && number % 10 === 3) continue
    const own = `Fassung${number % 3 === 0 ? version : 0} Kennwort${number} Grundwort`
    const text = Array.from({ length }, () => oneOf(words, random)).join(' ')
    lines.push(JSON.stringify({ id: `a${number}`, title: `Haus ${number}`, text: `${own} ${text}` }))
  }
  return { 'a.jsonl': `${lines.join('\n')}\n` }
}

/** A cache that is new. */
export const firstRun = (): Versions => ({ before: {}, after: file(2, ARTICLES, WORDS, 20), queries: QUERIES })

/** One whose articles change so much that a new snapshot is made, and compacted, and old rows are deleted. */
export const laterRun = (): Versions => ({
  earlier: file(0, ARTICLES, WORDS, 20),
  before: file(1, ARTICLES, WORDS, 20),
  after: file(2, ARTICLES, WORDS, 20, true),
  queries: QUERIES,
})

/**
 * One of two segments to which a third comes that is joined with the second, some of the articles of the first being changed, and some of the second
 * removed.
 */
export const segmentsRun = (): Versions => {
  const base = file(1, ARTICLES, WORDS, 100)
  const changed = { 'a.jsonl': changedLines(base['a.jsonl'] as string) }
  return {
    earlier: base,
    before: { ...base, ...short('b', 0, 210) },
    after: { ...changed, ...short('b', 10, 210), ...short('c', 0, 210) },
    queries: [...QUERIES, 'Kurzwort', 'Fassung9'],
    segments: { before: ['seg-1', 'seg-2'], after: ['seg-1', 'seg-3'] },
  }
}

/** Every twenty-sixth article is another. */
const changedLines = (lines: string): string =>
  lines
    .split('\n')
    .map((line, number) => (number % 26 === 5 ? line.replaceAll('Grundwort', 'Grundwort Fassung9') : line))
    .join('\n')

/** Articles of few words. */
function short(name: string, from: number, to: number): Record<string, string> {
  const lines: string[] = []
  for (let number = from; number < to; number++)
    lines.push(JSON.stringify({ id: `${name}${number}`, title: '', text: `Kurzwort am Ufer ${number}` }))
  return { [`${name}.jsonl`]: `${lines.join('\n')}\n` }
}

/** A new one of so much text that several threads index it, whose parts are merged. */
export const largeRun = (): Versions => ({
  before: {},
  after: file(2, 600, LONG, 222),
  queries: QUERIES,
  isLarge: true,
})
