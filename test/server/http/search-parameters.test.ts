import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/server/app.ts'
import { readAssets } from '../../../src/server/http/assets.ts'
import { jsonOf } from '../../support/json.ts'
import { memoryService } from '../../support/memory-service.ts'

const memory = memoryService([])
const app = createApp({ service: memory.service, ready: () => true, onError() {}, assets: readAssets() })
afterAll(() => memory.close())

const json = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.request(path, { headers })
  return { status: response.status, type: response.headers.get('content-type'), body: await jsonOf(response) }
}

// name, value, what it should have been: one row a rule
const BAD_VALUES = [
  ['limit', '101', 'eine ganze Zahl von 0 bis 100'],
  ['limit', '-1', 'eine ganze Zahl von 0 bis 100'],
  ['limit', '1.5', 'eine ganze Zahl von 0 bis 100'],
  ['limit', '1e1', 'eine ganze Zahl von 0 bis 100'],
  ['limit', '99999999999999999999', 'eine ganze Zahl von 0 bis 100'],
  ['offset', '-1', 'eine ganze Zahl ab 0'],
  ['offset', 'viele', 'eine ganze Zahl ab 0'],
  ['page', '0', 'eine ganze Zahl ab 1'],
  ['hitsPerPage', '0', 'eine ganze Zahl von 1 bis 100'],
  ['hitsPerPage', '101', 'eine ganze Zahl von 1 bis 100'],
  ['cropLength', '0', 'eine ganze Zahl von 1 bis 1000'],
  ['cropLength', '1001', 'eine ganze Zahl von 1 bis 1000'],
  ['highlightPreTag', 'x'.repeat(201), 'ein Text von höchstens 200 Zeichen'],
  ['matchingStrategy', 'first', '„last“ oder „all“'],
  ['lang', 'fr', '„de“ oder „en“'],
] as const

describe('wrong parameters', () => {
  it.each(BAD_VALUES)('%s=%s is a problem that says what it takes', async (name, value, expected) => {
    const { status, type, body } = await json(`/search?${name}=${value}`)
    expect(status).toBe(400)
    expect(type).toContain('application/problem+json')
    const got = value.slice(0, 100)
    const detail = `„${name}“: hier steht „${got}“, erwartet wird ${expected}.`
    expect(body).toEqual({
      type: 'urn:fundstelle:error:bad_parameters',
      title: 'Ungültige Parameter',
      status: 400,
      detail,
      code: 'bad_parameters',
      errors: [{ name, got, expected, detail }],
    })
  })

  it('names all of them at once, in the language asked for', async () => {
    const { body } = await json('/search?limit=x&page=y&lang=en')
    expect(body.errors.map((error: { name: string }) => error.name)).toEqual(['limit', 'page'])
    expect(body.detail).toBe(
      '“limit”: got “x”, expected a whole number from 0 to 100. “page”: got “y”, expected a whole number from 1 on.',
    )
  })

  it.each([
    ['lang=de', 'en', 'Ungültige Parameter'],
    ['', 'en-GB,de;q=0.5', 'Invalid parameters'],
    ['', 'fr, de;q=0.9, en;q=0.8', 'Ungültige Parameter'],
    ['', 'en;q=0', 'Ungültige Parameter'],
    ['', ';;;q=x', 'Ungültige Parameter'],
  ])('language of %j with Accept-Language %j: %s', async (query, accept, title) => {
    expect((await json(`/search?limit=x&${query}`, { 'accept-language': accept })).body.title).toBe(title)
  })
})

it('what is null in a body is not given', async () => {
  const names = ['q', 'limit', 'offset', 'filter', 'facets', 'sort', 'typing', 'distinct', 'lang']
  const body = JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))
  const response = await app.request('/search', { method: 'POST', body })
  const plain = await app.request('/search', { method: 'POST', body: '{}' })
  const [one, other] = [await jsonOf(response), await jsonOf(plain)]
  expect([response.status, one.hits]).toEqual([200, other.hits])
})

it('a body can ask for the language of its own errors', async () => {
  const response = await app.request('/search', { method: 'POST', body: '{"lang":"en","limit":-1}' })
  expect((await jsonOf(response)).detail).toContain('expected a whole number')
})
