import { describe, expect, it } from 'vitest'
import { articleOf } from '../support/articles.ts'
import { ENGINES, serviceOver } from './engines.ts'
import { GERMAN_CASES } from './german.cases.ts'
import { TYPED_CASES } from './typed.cases.ts'

describe.each(ENGINES)('German, $name', (engine) => {
  it.each([...GERMAN_CASES, ...TYPED_CASES])('$query: $why', async ({ articles, query, hits, marks }) => {
    const all = Object.entries(articles).map(([id, text]) => articleOf({ id, text }))
    const { search } = serviceOver(engine, all)
    const found = (await search(query)).hits
    expect(found.map(({ id }) => id)).toEqual(hits)
    if (marks === undefined) return
    const text = articles[hits[0] as string] as string
    const told = found[0]?.matches.map(({ start, end, kind, part }) => {
      const matched = part === undefined ? '' : `/${text.slice(part.start, part.end)}`
      return `${text.slice(start, end)} ${kind}${matched}`
    })
    expect(told).toEqual(marks)
  })

  it('finds Bundesverfassungsgericht the better the more of it is asked for', async () => {
    const articles = [
      articleOf({ id: 'a', text: 'Das Bundesverfassungsgericht entschied.' }),
      articleOf({ id: 'b', text: 'Das Amtsgericht vertagte.' }),
      articleOf({ id: 'c', text: 'Es regnet.' }),
    ]
    const { search } = serviceOver(engine, articles)
    const scoreOf = async (query: string): Promise<number> =>
      (await search(query)).hits.find(({ id }) => id === 'a')?.score ?? 0
    const [whole, court, any] = [
      await scoreOf('Bundesverfassungsgericht'),
      await scoreOf('Verfassungsgericht'),
      await scoreOf('Gericht'),
    ]
    expect(whole).toBeGreaterThan(court)
    expect(court).toBeGreaterThan(any)
    expect(any).toBeGreaterThan(0)
  })
})
