import { describe, expect, test } from 'vitest'
import { articleOf } from '../support/articles.ts'
import { ENGINES, serviceOver } from './engines.ts'

/** Words that nobody asks for, as many as an encyclopedia's article has. */
const filler = (words: number, seed = 0): string =>
  Array.from({ length: words }, (_, i) => `Fülle${String.fromCharCode(97 + ((i * 7 + seed) % 26))}nis`).join(' ')

/** So many others that a title tells something; all of them have words that tell nothing. */
const others = Array.from({ length: 80 }, (_, i) =>
  articleOf({ id: `anderes ${i}`, title: `Kapitel ${i}`, text: `Ein Abschnitt, jedes Jahr. ${filler(40, i)}` }),
)

const titled = (title: string, text = '') => articleOf({ id: title, title, text })

describe.each(ENGINES)('$name', (engine) => {
  const over = (...articles: Parameters<typeof serviceOver>[1][number][]) => serviceOver(engine, articles)

  describe('the article whose title is typed', () => {
    test('stands before those that speak of it more', async () => {
      const { ids } = over(
        titled('Mittelalter', `Ein Abschnitt vor der Neuzeit, der letzte Abschnitt vor ihr. ${filler(40)}`),
        titled('Renaissance', `Die Neuzeit beginnt mit diesem Abschnitt. ${filler(40)}`),
        titled('Neuzeit', `Eine Epoche. ${filler(60)}`),
        ...others,
      )
      expect((await ids('neuzeit abschnitt'))[0]).toBe('Neuzeit')
    })

    test('is a hit, however little of the query it has', async () => {
      const speakers = Array.from({ length: 25 }, (_, i) => titled(`Kapitel ${i}`, 'Experte und niemand anders'))
      const { search } = over(...speakers, titled('Experte', 'Wer viel weiß.'))
      const answer = await search('experte niemand')
      expect(answer.hits[0]?.id).toBe('Experte')
      // where every word is wanted it is none
      const all = await search('experte niemand', { matchingStrategy: 'all' })
      expect(all.hits.map(({ id }) => id)).not.toContain('Experte')
    })

    test('is none where a filter or an operator leaves it out', async () => {
      const { ids } = over(titled('Experte', 'Wer viel weiß.'), titled('Anderes', 'Experte und niemand'))
      expect(await ids('experte niemand -weiß')).toEqual(['Anderes'])
      expect(await ids('experte niemand "viel weiß"')).toEqual(['Experte'])
    })

    test('is found by words that are also read as one', async () => {
      const { ids } = over(
        titled('Neujahr', `Das Kalenderjahr beginnt. ${filler(40)}`),
        titled('Kalender', `Ein Verzeichnis der Tage. ${filler(50)}`),
        ...others,
      )
      expect((await ids('kalender jahr')).slice(0, 2)).toContain('Kalender')
    })

    test('and by one word that was typed as two', async () => {
      const { ids } = over(titled('Stoffe', `Fallschirm aus Tuch. ${filler(20)}`), titled('Fallschirmtuch', filler(60)))
      expect((await ids('fallschirm tuch'))[0]).toBe('Fallschirmtuch')
    })

    test('comes by its spelling: another word of the same stem is second', async () => {
      const text = 'Von der Gattung der Rinder und der Rinde.'
      const { ids } = over(titled('Rinde', text), titled('Rinder', text))
      expect((await ids('rinder gattung')).slice(0, 2)).toEqual(['Rinder', 'Rinde'])
      expect((await ids('rinde gattung')).slice(0, 2)).toEqual(['Rinde', 'Rinder'])
    })

    test('also with a slip, of words that stand in titles alone', async () => {
      const { ids } = over(titled('Dampfmaschine', filler(30)), titled('Dampf', filler(30, 3)))
      expect((await ids('dampfmaschien'))[0]).toBe('Dampfmaschine')
    })

    test('of two titles of which one has more words, the one that is wanted whole', async () => {
      const { ids } = over(
        titled('Geschichte der Schweiz', 'Von den Anfängen.'),
        titled('Schweiz', `Ein Binnenland. ${filler(30)}`),
        titled('Binnenland', 'Ohne Küste.'),
      )
      expect((await ids('schweiz'))[0]).toBe('Schweiz')
    })

    test('of stop words alone, where nothing else is typed', async () => {
      const { ids } = over(titled('Es', 'Ein Roman.'), titled('Der Roman', 'Es ist einer, und es ist lang.'))
      expect((await ids('es'))[0]).toBe('Es')
    })
  })

  test('words that only look like a title are none of it', async () => {
    const { search } = over(titled('Kerze', 'Wachs'), titled('Brot', 'Herzen sind aus Brot, Herzen'))
    const [hit] = (await search('Herzen')).hits
    expect(hit?.id).toBe('Brot')
  })

  test('an explanation tells both, and shares add up', async () => {
    const { search } = over(
      titled('Neuzeit', `Eine Epoche der Geschichte. ${filler(300)}`),
      titled('Altertum', `${filler(300)} Eine Epoche der Geschichte.`),
    )
    const { hits } = await search('Neuzeit Epoche')
    const [hit] = hits
    expect(hit?.id).toBe('Neuzeit')
    const shares = new Map(
      hit?.explanation?.parts.flatMap((part) => ('signal' in part ? [[part.signal, part.share] as const] : [])),
    )
    expect(shares.get('wholeTitle')).toBeGreaterThan(0)
    expect(shares.get('lead')).toBeGreaterThan(0)
    expect(hit?.explanation?.text).toContain('der ganze Titel ist gesucht')
    expect(hit?.explanation?.text).toContain('am Anfang des Artikels')
    expect(hit?.explanation?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(hit?.score as number, 9)
  })

  describe('what a long article begins with', () => {
    const begins = (id: string, before: number, after: number) =>
      articleOf({ id, text: `${filler(before, 1)} Ein Nagetier mit langem Schwanz. ${filler(after, 2)}` })

    test('tells more than what stands further down', async () => {
      const { ids } = over(begins('unten', 500, 100), begins('oben', 0, 600), begins('später', 60, 540))
      expect(await ids('Nagetier Schwanz')).toEqual(['oben', 'später', 'unten'])
    })

    test('tells nothing where articles are short', async () => {
      const { search } = over(begins('oben', 0, 60), begins('unten', 60, 0))
      const scores = (await search('Nagetier Schwanz')).hits.map(({ score }) => score)
      expect(scores[0]).toBeCloseTo(scores[1] as number, 9)
    })
  })
})

test('both engines score titles and leads alike', async () => {
  const articles = [
    titled('Drohne', `Eine Drohne fliegt. ${filler(400)}`),
    titled('Drohnen und Raketen', `${filler(300)} Drohne`),
    titled('', `Raketen und eine Drohne ${filler(200)}`),
    titled('Flug', `${filler(35)} Die Rakete ${filler(100)} Drohne Drohne`),
  ]
  for (const query of ['Drohne', 'drohnen rakete', 'rakete flug', 'Drohnen Raketen', 'raketten']) {
    const answers = await Promise.all(
      ENGINES.map(async (engine) =>
        (await serviceOver(engine, articles).search(query)).hits.map(({ id, score }) => [id, score.toFixed(9)]),
      ),
    )
    expect(answers[0], query).toEqual(answers[1])
  }
})
