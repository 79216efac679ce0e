import { describe, expect, test } from 'vitest'
import { articleOf } from '../../support/articles.ts'
import { askOf } from '../../support/memory-index.ts'

/** The words of title and text that a query is located in, each with the query word it matches. */
async function located(fields: { title?: string; text: string }, query: string): Promise<string[]> {
  const article = articleOf({ id: 'a', ...fields })
  const [hit] = (await askOf([article, articleOf({ id: 'b', text: 'Regen' })], query)).hits
  return (['title', 'text'] as const).flatMap((name) => {
    const field = hit?.[name]
    return (field?.matches ?? []).map((token, i) => {
      const word = article[name].slice(field?.startOf(token), field?.endOf(token))
      return `${name} ${word} = ${field?.matchedWords[i]}`
    })
  })
}

describe('matches are located', () => {
  test('in title and text, each with its query word', async () => {
    expect(await located({ title: 'Häuser', text: 'Das Boot am Haus. Boote!' }, 'Boot Haus')).toEqual([
      'title Häuser = 1',
      'text Boot = 0',
      'text Haus = 1',
      'text Boote = 0',
    ])
  })

  test('behind umlauts, emoji and invisible characters at their own places', async () => {
    expect(await located({ text: 'Ä😀ö u\u0308ber Stra\u00adße; Straße' }, 'Strasse')).toEqual([
      'text Stra\u00adße = 0',
      'text Straße = 0',
    ])
  })

  test('in words that have the query word as a part', async () => {
    expect(await located({ text: 'Die Boden-Luft-Rakete' }, 'Luft')).toEqual(['text Boden-Luft-Rakete = 0'])
  })

  test('in scattered parts of a query word only where the word itself stands nowhere', async () => {
    expect(await located({ text: 'Ein Haus und ein Boot' }, 'Haus-Boot')).toEqual(['text Haus = 0', 'text Boot = 0'])
    expect(await located({ text: 'Ein Haus und ein Hausboot' }, 'Haus-Boot')).toEqual(['text Hausboot = 0'])
    expect(await located({ title: 'Haus-Boot', text: 'Ein Haus' }, 'Haus-Boot')).toEqual(['title Haus-Boot = 0'])
  })

  test('nowhere where only tags have the word', async () => {
    const [hit] = (await askOf([articleOf({ id: 'a', text: 'Regen', tags: ['Haus'] })], 'Haus')).hits
    expect([hit?.title.matches, hit?.text.matches]).toEqual([[], []])
  })

  test('with the borders of sentences', async () => {
    const [hit] = (await askOf([articleOf({ id: 'a', title: 'Zwei Wörter', text: 'Ein Haus. Ein Boot!' })], 'Haus'))
      .hits
    const borders = [hit?.title, hit?.text].map((field) =>
      Array.from({ length: field?.count ?? 0 }, (_, token) => field?.beginsSentence(token)),
    )
    expect(borders).toEqual([
      [true, false],
      [true, false, true, false],
    ])
  })
})
