import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/server/app.ts'
import { readAssets } from '../../../src/server/http/assets.ts'
import { articleOf } from '../../support/articles.ts'
import { jsonOf } from '../../support/json.ts'
import { memoryService } from '../../support/memory-service.ts'

const memory = memoryService([
  articleOf({ id: 'neu', title: 'Drohnen über dem Hafen', text: 'Drohnen.', date: '2024-03-03' }),
  articleOf({ id: 'alt', title: 'Alt', text: 'Eine alte Drohne.', date: '1999-01-01', meta: { ort: 'Kiel', zahl: 3 } }),
])
const app = createApp({ service: memory.service, ready: () => true, onError() {}, assets: readAssets() })
afterAll(() => memory.close())

describe('a filter in pieces', () => {
  const post = async (filter: unknown) => {
    const response = await app.request('/search', { method: 'POST', body: JSON.stringify({ filter }) })
    return { status: response.status, body: await jsonOf(response) }
  }

  it('is all of it, a list within the list any of it', async () => {
    const { body } = await post(['date >= 1990', ['ort = Kiel', 'ort = Ulm']])
    expect(body.hits.map(({ id }: { id: string }) => id)).toEqual(['alt'])
  })

  it.each([
    ['', 'a=1'],
    [' as an alternative', ['a=1']],
    [' of two conditions', 'a=1 OR b=2'],
    [' that excludes', 'NOT a=1'],
  ])('has the limit of one filter, each piece%s', async (_, piece) => {
    const most = piece === 'a=1 OR b=2' ? 500 : 1000
    expect((await post(Array.from({ length: most }, () => piece))).status).toBe(200)
    const { status, body } = await post(Array.from({ length: most + 1 }, () => piece))
    expect([status, body.code]).toEqual([400, 'filter_long'])
    expect(body.errors[0]).toMatchObject({ name: 'filter', got: 'mehr als 1000', expected: 'höchstens 1000' })
  })
})
