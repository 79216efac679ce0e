import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { warmUp } from '../../src/server/warm-up.ts'
import { articleOf } from '../support/articles.ts'
import { indexOf } from '../support/memory-index.ts'
import { memoryService } from '../support/memory-service.ts'

const articles = [
  articleOf({ id: 'alt/lang#1', title: 'Haus am See', text: 'Ein Haus mit Garten. '.repeat(40) }),
  articleOf({ id: 'neu', title: 'Garten', text: 'Ein Garten am See mit Haus' }),
]
const sample = { id: 'alt/lang#1', words: ['haus', 'garten', 'see'] }
const never = new AbortController().signal

it('makes a request of each kind, and each is answered', async () => {
  const { service, close } = memoryService(articles)
  try {
    const app = createApp({
      service,
      ready: () => true,
      assets: readAssets(),
      onError: (error) => {
        throw error
      },
    })
    const seen = new Hono()
    const kinds: string[] = []
    seen.all('*', async (c) => {
      const response = await app.fetch(c.req.raw)
      kinds.push(`${response.status} ${decodeURIComponent(new URL(c.req.url).pathname)}`)
      return response
    })
    await warmUp(seen, [sample], never)
    expect(kinds).toEqual([
      '200 /',
      '200 /search',
      '200 /search',
      '200 /search',
      '200 /search',
      '200 /articles/alt/lang#1',
      '200 /articles/alt/lang#1/similar',
      '200 /suggest',
    ])
  } finally {
    close()
  }
})

it('leaves out the rest when it is stopped', async () => {
  const stop = new AbortController()
  let asked = 0
  const app = new Hono().all('*', (c) => {
    asked += 1
    if (asked === 2) stop.abort()
    return c.text('')
  })
  await warmUp(app, [sample, sample], stop.signal)
  expect(asked).toBe(2)
})

it('typical articles are the longest and the newest that are there', () => {
  const index = indexOf([...articles, articleOf({ id: 'neuer', text: 'Haus' }), articleOf({ id: 'weg', text: 'Haus' })])
  expect(index.typicalArticles(3)).toEqual(['alt/lang#1', 'weg', 'neuer'])
  index.remove(4)
  expect(index.typicalArticles(2)).toEqual(['alt/lang#1', 'neuer'])
  expect(indexOf([]).typicalArticles(2)).toEqual([])
})
