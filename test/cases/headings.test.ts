import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import type { Heading } from '../../src/article/structure.ts'
import { articleOf } from '../support/articles.ts'
import { ENGINES, serviceOver } from './engines.ts'

/** An article of paragraphs; those that begin with `#` are headings. */
function headed(id: string, ...paragraphs: readonly string[]): Article {
  const structure: Heading[] = []
  let text = ''
  for (const paragraph of paragraphs) {
    const level = /^#*/.exec(paragraph)?.[0].length ?? 0
    const words = paragraph.slice(level).trim()
    if (level > 0) structure.push({ kind: 'heading', start: text.length, end: text.length + words.length, level })
    text += `${words}\n\n`
  }
  return articleOf({ id, text: text.trimEnd(), structure })
}

const ABOUT = 'Hier steht, wie es geht und was es kostet.'

describe.each(ENGINES)('$name', (engine) => {
  const over = (...articles: readonly Article[]) => serviceOver(engine, articles)
  const signals = async (query: string, ...articles: readonly Article[]) => {
    const { hits } = await over(...articles).search(query)
    const shares = hits.map(({ id, explanation }) => {
      const part = explanation?.parts.find((one) => 'signal' in one && one.signal === 'heading')
      return [id, part?.share ?? 0] as const
    })
    return new Map(shares)
  }

  test('of two articles with the same words the one that has them as a heading is first', async () => {
    const { ids } = over(
      headed('a', '# Anreise', ABOUT, 'Mülltrennung Hausordnung', ABOUT),
      headed('b', '# Anreise', ABOUT, '## Mülltrennung Hausordnung', ABOUT),
    )
    expect(await ids('Mülltrennung Hausordnung')).toEqual(['b', 'a'])
  })

  test('a heading is worth more the more of it the query is, and of the query it', async () => {
    const shares = await signals(
      'Mülltrennung Hausordnung',
      headed('alles', '# Mülltrennung Hausordnung', ABOUT),
      headed('lang', '# Mülltrennung Hausordnung Anreise Abreise', ABOUT),
      headed('halb', '# Mülltrennung', ABOUT, 'Die Hausordnung gilt.'),
      headed('zwei', '# Mülltrennung', ABOUT, '# Hausordnung', ABOUT),
      headed('nichts', '# Anreise', 'Mülltrennung und Hausordnung'),
    )
    const [alles, lang, halb, zwei, nichts] = ['alles', 'lang', 'halb', 'zwei', 'nichts'].map((id) => shares.get(id))
    expect(lang).toBeCloseTo((alles as number) / 2, 9)
    expect(halb).toBeGreaterThan(0)
    expect(halb).toBeLessThan(lang as number)
    // the best heading counts, not their sum
    expect(zwei).toBeCloseTo(halb as number, 9)
    expect(nichts).toBe(0)
  })

  test('levels count alike', async () => {
    const shares = await signals(
      'Hausordnung',
      headed('a', '# Hausordnung', ABOUT),
      headed('b', '#### Hausordnung', ABOUT),
    )
    expect(shares.get('a')).toBeGreaterThan(0)
    expect(shares.get('a')).toBeCloseTo(shares.get('b') as number, 9)
  })

  test('words that were typed apart are found in a heading as those that they make', async () => {
    const shares = await signals('Rad fahren', headed('a', '# Rad fahren', ABOUT), headed('b', '# Radfahren', ABOUT))
    expect(shares.get('a')).toBeGreaterThan(0)
    expect(shares.get('b')).toBeGreaterThan(0)
  })

  test('an article of which no headings are known scores as it did, and its explanation says nothing of them', async () => {
    const { hits } = await over(articleOf({ id: 'a', text: `Hausordnung\n\n${ABOUT}` })).search('Hausordnung')
    expect(hits[0]?.explanation?.text).not.toContain('Überschrift')
  })

  test('an explanation names it, and shares add up', async () => {
    const { hits } = await over(headed('a', '# Hausordnung', ABOUT)).search('Hausordnung')
    const [hit] = hits
    expect(hit?.explanation?.text).toContain('Anteil an einer Überschrift')
    expect(hit?.explanation?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(hit?.score as number, 9)
  })
})

test('both engines score headings alike, whatever is long or short', async () => {
  const filler = 'Eine Fülle von Worten, nach denen niemand fragt. '
  const articles = [
    headed('a', '# Hausordnung', ABOUT, '## Mülltrennung im Haus', filler.repeat(3)),
    headed('lang', filler.repeat(120), '## Müll', ABOUT, '### Hausordnung der Häuser', filler.repeat(20)),
    headed('b', 'Hausordnung', '# Haus', '# Ordnung'),
  ]
  for (const query of [
    'Hausordnung',
    'Müll Haus',
    'hausordnung mülltrennung',
    'Haus',
    'Ordnung Häuser',
    'Hausornung',
  ]) {
    const answers = await Promise.all(
      ENGINES.map(async (engine) =>
        (await serviceOver(engine, articles).search(query)).hits.map(({ id, score }) => [id, score.toFixed(9)]),
      ),
    )
    expect(answers[0], query).toEqual(answers[1])
  }
})
