import { describe, expect, it } from 'vitest'
import { analyzeQuery } from '../../../src/search/query/analyze.ts'
import { articleOf } from '../../support/articles.ts'
import { analyzer, indexOf, search, textlessEngine } from '../../support/memory-index.ts'

const small = indexOf([
  articleOf({ id: 'haus', text: 'Ein Haus' }),
  articleOf({ id: 'hafen', text: 'Ein Hafen' }),
  articleOf({ id: 'h', text: 'Die Vitamine B und H' }),
])
/** More than 50,000 different words. */
const large = indexOf(
  Array.from({ length: 70 }, (_, i) =>
    articleOf({
      id: `a${i}`,
      text:
        Array.from(
          { length: 900 },
          (_, n) => `q${(i * 900 + n).toString(26).replace(/\d/g, (d) => 'zyxwvutsrp'[Number(d)] as string)}`,
        ).join(' ') + ([' ha', ' Haus'][i] ?? ''),
    }),
  ),
)

const found = async (index: typeof small, query: string): Promise<string[]> => {
  const { hits } = await search(textlessEngine(index), analyzeQuery(query, analyzer, { foldDuplicates: 'none' }))
  return hits.map(({ article }) => article.id).sort()
}

describe('words marked as beginnings', () => {
  it('need two letters', async () => {
    expect(await found(small, 'ha*')).toEqual(['hafen', 'haus'])
    expect(await found(small, 'h*')).toEqual(['h'])
  })

  it('need three where the vocabulary is large', async () => {
    expect(large.vocabulary.livingForms).toBeGreaterThan(50_000)
    expect(await found(large, 'hau*')).toEqual(['a1'])
    expect(await found(large, 'ha*')).toEqual(['a0'])
  })

  it('also where they are excluded', async () => {
    expect(await found(small, 'Ein -ha*')).toEqual([])
    expect(await found(small, 'Ein -h*')).toEqual(['hafen', 'haus'])
  })

  it('what counts is what living articles have, not what there was', () => {
    const index = indexOf([articleOf({ id: 'a', text: 'eins zwei' }), articleOf({ id: 'b', text: 'zwei drei' })])
    expect(index.vocabulary.livingForms).toBe(3)
    index.remove(1)
    expect(index.vocabulary.livingForms).toBe(2)
    expect(index.compacted().vocabulary.livingForms).toBe(2)
  })
})
