import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { analyseArticle, NO_OCCURRENCES } from '../../src/opensearch/analysed-article.ts'
import { NumberedForms } from '../../src/opensearch/numbered-forms.ts'
import { packedArticle } from '../../src/opensearch/packed-article.ts'
import { unpackedArticle } from '../../src/opensearch/unpacked-article.ts'
import { WantedTerms } from '../../src/opensearch/wanted-terms.ts'
import { CAPITAL_BIT, FORM_MASK, SENTENCE_BIT } from '../../src/search/engine/token-stream.ts'
import { anyText, germanText } from '../support/property.ts'

const analyzer = createAnalyzer()

const articleOf = (parts: Partial<Article>): Article => ({
  ...{ id: 'a', title: '', text: '', url: null, date: null, author: null, tags: [], language: null, meta: {} },
  ...parts,
})

/** Everything that is told of an article once it was packed and read again. */
function roundTrip(article: Article, forms = new NumberedForms()) {
  const analysed = analyseArticle(article, analyzer)
  return { analysed, forms, unpacked: unpackedArticle(packedArticle(analysed), forms) }
}

function expectTheSame(article: Article, known?: NumberedForms): void {
  const { analysed, forms, unpacked } = roundTrip(article, known)
  const { title, text, extras } = analysed
  const { stream } = unpacked
  expect(unpacked.length).toBe(analysed.length)
  expect(stream).toMatchObject({ title: title.count, text: text.count, titleLength: analysed.titleLength })
  const all = [title, text, ...extras].flatMap(({ words }) => words)
  expect(Array.from(stream.tokens, (token) => forms.forms[token & FORM_MASK])).toEqual(all.map(({ form }) => form))
  for (const [at, field] of [title, text].entries()) {
    const read = at === 0 ? stream.fields().title : stream.fields().text
    const first = at === 0 ? 0 : title.count
    for (let token = 0; token < field.count; token++) {
      expect([read.startOf(token), read.endOf(token)]).toEqual([field.starts[token], field.ends[token]])
      expect(read.beginsSentence(token)).toBe(field.sentences[token] === 1)
      const bits = stream.tokens[first + token] as number
      expect([(bits & CAPITAL_BIT) !== 0, bits >= SENTENCE_BIT]).toEqual([
        field.capitals[token] === 1,
        field.sentences[token] === 1,
      ])
    }
  }
  for (const word of all) {
    const form = forms.numberOf(word.form) as number
    expect(forms.terms[forms.termOfForm(form)]).toBe(word.term)
    expect(forms.isStop(form)).toBe(word.stop)
    const further = forms.additionalTerms(form)
    expect(further.map(({ term }) => forms.terms[term])).toEqual(
      [...word.parts, ...word.subCompounds, ...word.aliases].map(({ term }) => term),
    )
    expect(further.map(({ role }) => role)).toEqual([
      ...[...word.parts, ...word.subCompounds].map(() => 'part'),
      ...word.aliases.map(({ kind }) => kind),
    ])
  }
  const frequencies = new WantedTerms([...analysed.terms.keys(), 'nirgends'], forms).in(stream)
  for (const [term, { title: _, ...counts }] of analysed.terms) expect(frequencies(term)).toMatchObject(counts)
  expect(frequencies('nirgends')).toBe(NO_OCCURRENCES)
}

describe('an article that is packed', () => {
  it('says the same when it is read: words, parts, aliases, places, headings, extras', () => {
    const text = 'Überschrift\n\nDas Bundesverfassungsgericht nimmt teil. Vor- und Nachteile am 3. März 2024, 15 km/h.'
    const article = articleOf({
      title: 'Die Straße',
      text,
      date: '2024-03-03',
      language: 'en',
      tags: ['Kursk', 'Drohne'],
      author: 'Käthe Groß',
      structure: [{ kind: 'heading', level: 1, start: 0, end: 11 }],
    })
    expectTheSame(article)
    const { unpacked } = roundTrip(article)
    expect(unpacked).toMatchObject({ time: Date.parse('2024-03-03'), isInOtherLanguage: true })
    expect([...unpacked.stream.headings]).toEqual([0, 1])
    const { title, text: inText } = unpacked.stream
    expect(unpacked.stream.extraStarts()[0]).toBe(title + inText)
  })

  it('has no date before every date, and may have nothing but a title', () => {
    const { unpacked } = roundTrip(articleOf({ title: 'Kursk' }))
    expect(unpacked).toMatchObject({ time: Number.NEGATIVE_INFINITY, isInOtherLanguage: false, length: 0 })
  })

  it('counts more than 255 occurrences as 255', () =>
    expectTheSame(articleOf({ title: 'Haus '.repeat(100), text: 'Häuser '.repeat(300) })))

  it('says the same whatever it says, and whatever forms are known already', () => {
    const forms = new NumberedForms()
    fc.assert(
      fc.property(fc.oneof(germanText, anyText), fc.oneof(germanText, anyText), anyText, (title, text, tag) => {
        expectTheSame(articleOf({ title, text, tags: [tag] }))
        expectTheSame(articleOf({ title, text, tags: [tag] }), forms)
      }),
    )
  })

  it('takes fewer bytes than a text whose words come again', () => {
    const sentence =
      'Der Anspruch auf Kündigungsschutz besteht, soweit die Vorschriften des Gesetzes nichts anderes bestimmen. '
    const text = sentence.repeat(5)
    const { analysed } = roundTrip(articleOf({ text }))
    expect(packedArticle(analysed).length).toBeLessThan(text.length)
  })
})
