import { beforeEach, describe, expect, test } from 'vitest'
import type { ArticleStore } from '../../src/store/article-store.ts'
import { LENGTH_PER_TRANSACTION, publishAllDue, publishDue } from '../../src/store/publish-due.ts'
import { articleOf } from '../support/articles.ts'
import { temporaryFolder } from '../support/folders.ts'
import { openStore } from '../support/stores.ts'

const NOW = 1000

let store: ArticleStore
beforeEach(() => {
  store = openStore(temporaryFolder())
})

function wait(count: number, length: number): void {
  const source = store.files.save('/a', 's')
  store.transaction(() => {
    for (let n = 0; n < count; n++)
      store.due.wait(source, articleOf({ id: `a${n}`, text: 'x'.repeat(length) }), n, null)
  })
}

describe('one transaction', () => {
  test('lets so many long articles appear, the rest in the next ones', async () => {
    wait(9, LENGTH_PER_TRANSACTION / 2)
    expect(publishDue(store, NOW)).toEqual({ added: 2, removed: 0, more: true })
    expect(await publishAllDue(store, () => NOW)).toEqual({ added: 7, removed: 0 })
    expect(store.articleCount).toBe(9)
  })

  test('lets one appear however long it is', () => {
    wait(2, LENGTH_PER_TRANSACTION * 2)
    expect(publishDue(store, NOW)).toEqual({ added: 1, removed: 0, more: true })
    expect(publishDue(store, NOW)).toEqual({ added: 1, removed: 0, more: false })
  })

  test('ends where the length is reached, to the character', () => {
    const source = store.files.save('/a', 's')
    for (const id of ['x', 'y', 'z']) store.due.wait(source, articleOf({ id }), 1, null)
    const each = JSON.stringify(articleOf({ id: 'x' })).length
    const counts = [each, each + 1, 2 * each].map((length) => store.due.dueBy(NOW, 10, length).length)
    expect(counts).toEqual([1, 2, 2])
  })

  test('lets two hundred short ones appear, and knows when there are no more', () => {
    wait(400, 1)
    expect(publishDue(store, NOW)).toEqual({ added: 200, removed: 0, more: true })
    expect(publishDue(store, NOW)).toEqual({ added: 200, removed: 0, more: false })
  })
})
