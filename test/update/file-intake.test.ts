import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { parseArticle } from '../../src/article/article.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { FileIntake } from '../../src/update/file-intake.ts'
import { temporaryFolder } from '../support/folders.ts'

const ALWAYS = { from: null, until: null }

/** What of three articles of a file lives on after `look` met some of them. */
function leftAfter(look: (intake: FileIntake) => void, refused = false): string[] {
  const store = ArticleStore.open(temporaryFolder())
  try {
    const source = store.files.save('/a.jsonl', null)
    for (const id of ['a', 'b', 'c']) store.put(parseArticle({ id, text: 'x' }, id), source)
    const intake = new FileIntake()
    look(intake)
    intake.settle(store, source, refused)
    return [...store.articles()].map(({ article }) => article.id)
  } finally {
    store.close()
  }
}

test('what a file no longer has goes', () => {
  expect(leftAfter((intake) => intake.keep('b', 1, ALWAYS))).toEqual(['b'])
  expect(leftAfter(() => {})).toEqual([])
})

test('what is still to come is not living', () => {
  expect(leftAfter((intake) => intake.keep('b', 1, { from: 1, until: null }))).toEqual([])
  expect(leftAfter((intake) => intake.keep('b', 1, { from: null, until: 1 }))).toEqual(['b'])
})

test('a file that was refused as a whole keeps what was known of it, and so does one that broke off', () => {
  expect(leftAfter(() => {}, true)).toEqual(['a', 'b', 'c'])
  expect(leftAfter((intake) => intake.keep('b', 1, ALWAYS), true)).toEqual(['b'])
  const brokenOff = (intake: FileIntake): void => {
    intake.keep('b', 1, ALWAYS)
    intake.breakOff()
  }
  expect(leftAfter(brokenOff, true)).toEqual(['a', 'b', 'c'])
})

test('it tells on which line an id stands', () => {
  const intake = new FileIntake()
  intake.keep('a', 1, ALWAYS)
  intake.keep('b', 3_000_000_000, { from: 1, until: 2 })
  expect(['a', 'b', 'c'].map((id) => intake.lineOf(id))).toEqual([1, 3_000_000_000, undefined])
})

test('it keeps the ids it met, not the texts they were cut out of', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const intake = new FileIntake()
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 100; i++) {
    const item = `https://zeitung.example/artikel/${i}/ ${'x'.repeat(1_000_000)}`
    intake.keep(item.slice(0, item.indexOf(' ')), i, ALWAYS)
  }
  collect()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000)
  expect(intake.lineOf('https://zeitung.example/artikel/99/')).toBe(99)
})
