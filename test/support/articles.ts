import fc from 'fast-check'
import type { Article } from '../../src/article/article.ts'
import type { Heading } from '../../src/article/structure.ts'

/** An article with what matters for the case at hand. */
export function articleOf(fields: Partial<Article> & { readonly id: string }): Article {
  return { title: '', text: '', url: null, date: null, author: null, tags: [], language: null, meta: {}, ...fields }
}

/** Few words, so that they meet: inflected forms, umlauts, hyphens with shared parts, numbers, stop words. */
export const WORDS = [
  ...['Haus', 'Hauses', 'Häuser', 'Straße', 'Strasse', 'Drohne', 'Drohnen', 'laufen', 'läuft', 'Müller', 'Mueller'],
  ...['Boden-Luft-Rakete', 'Boden-Luft-Raketen', 'Luft', 'Boden', 'Rakete', 'Luft-Luft', 'Haus-Boot', 'Hausboot'],
  ...['U-Bahn', 'E-Mail', 'SA-22', '4.700', '4700', '1,7', '2024', '03.03.2024', '5kg', 'z. B.', 'geht’s'],
  ...[
    'Jonglier',
    'Keulen',
    'Jonglierkeulen',
    'nimmt',
    'teil',
    'teilnehmen',
    'Vor-',
    'Nachteile',
    'Vorteile',
    'abgesagte',
  ],
  ...['§', '5', 'kg', '3.', 'März', 'Absatz', '4', '700', 'SA', '22', 'Nutzer*innen', 'Nutzer', '20', 'Uhr', 'stand'],
  ...['der', 'die', 'und', 'nicht', 'in'],
] as const

const word = fc.constantFrom(...WORDS)
const words = (maxLength: number) => fc.array(word, { maxLength, size: 'max' }).map((list) => list.join(' '))
const prose = fc
  .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', ', ', '. ', '.\n\n', ' – ')), { maxLength: 30, size: 'max' })
  .map((list) => list.flat().join(''))
const metaValue = fc.oneof(words(2), fc.integer(), fc.boolean(), fc.array(words(2), { maxLength: 2 }))

/** A text, some of whose paragraphs are headings. */
const anyText = fc
  .tuple(prose, fc.array(fc.constantFrom(0, 0, 1, 2, 6), { maxLength: 4 }))
  .map(([text, levels]) => ({ text, structure: headingsOf(text, levels) }))

/** @param levels of the first paragraphs, 0 where one is no heading */
function headingsOf(text: string, levels: readonly number[]): Heading[] {
  const headings: Heading[] = []
  let start = 0
  for (const [at, paragraph] of text.split('\n\n').entries()) {
    const level = levels[at] ?? 0
    if (level > 0 && paragraph !== '') headings.push({ kind: 'heading', start, end: start + paragraph.length, level })
    start += paragraph.length + 2
  }
  return headings
}

/** Anything of an article but its id. */
export const anyContent = fc
  .record({
    title: words(4),
    text: anyText,
    date: fc.constantFrom(null, null, '2024-03-03', '2024-03-03T10:00:00Z', '2024-03-03T12:00:00+02:00', '1999-12-31'),
    author: fc.option(words(2)),
    tags: fc.array(words(2), { maxLength: 2 }),
    meta: fc.dictionary(fc.constantFrom('ort', 'quelle', 'zahl'), metaValue, { maxKeys: 2 }),
  })
  .map(({ text, ...rest }) => ({ ...rest, ...text }))

export const anyArticles = fc
  .array(anyContent, { maxLength: 25, size: 'max' })
  .map((contents) => contents.map((content, i) => articleOf({ ...content, id: `artikel-${(i * 7) % 25}` })))

/** One to five words, now and then one that no article has. */
export const anyQuery = fc
  .array(fc.oneof({ arbitrary: word, weight: 12 }, { arbitrary: fc.constant('Quastenflosser'), weight: 1 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((list) => list.join(' '))
