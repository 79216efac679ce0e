import { describe, expect, it } from 'vitest'
import { articleOf } from '../support/articles.ts'
import { searching } from '../support/searching.ts'
import { SNIPPET_CASES } from './snippets.cases.ts'

describe('a snippet', () => {
  it.each(SNIPPET_CASES)('$comment', ({ text, query, cropLength = 30, snippet }) =>
    searching([articleOf({ id: 'a', text })], async ({ search }) => {
      const { hits } = await search(query, { cropLength, highlight: { pre: '*', post: '*' } })
      expect(hits.map(({ formatted }) => formatted.snippet)).toEqual([snippet])
    }),
  )
})
