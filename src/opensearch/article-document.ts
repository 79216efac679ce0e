import type { Analyzer } from '../analysis/analyzer.ts'
import { orderKey } from '../analysis/german/order-key.ts'
import { keyOfForm, type Word } from '../analysis/word/word.ts'
import { isOtherThanGerman } from '../language/tags.ts'
import { phraseWord } from '../search/query/phrase.ts'
import { timeOf } from '../time.ts'
import { type AnalysedArticle, type Occurrences, WEIGHTED_UNITS, weightedFrequency } from './analysed-article.ts'
import { bounded, contentName, hashOf, valueFields, wholeMs } from './field-values.ts'
import { BEGINS, PACKED, POSTINGS, STRICT } from './index-mappings.ts'
import { packedArticle } from './packed-article.ts'
import { posting, storedTerm } from './stored-terms.ts'

/** Ids of documents are short; those of articles may be as long as they like. */
export const documentId = (articleId: string): string => hashOf(articleId)

/** What the cluster keeps of an article. */
export function articleDocument(
  one: AnalysedArticle,
  seqNo: number,
  analyzer: Analyzer,
): Readonly<Record<string, unknown>> {
  const { article, title, text, extras, terms } = one
  const postings = (frequencyOf: (counts: Readonly<Occurrences>) => number): string =>
    Array.from(terms, ([term, counts]) => [term, frequencyOf(counts)] as const)
      .flatMap(([term, frequency]) => (frequency > 0 ? [posting(term, frequency)] : []))
      .join(' ')
  const words = [...title.words, ...text.words, ...extras.flatMap((extra) => extra.words)]
  return {
    [POSTINGS.weighted]: postings((counts) => WEIGHTED_UNITS * weightedFrequency(counts)),
    [POSTINGS.whole]: postings(({ whole }) => whole),
    [POSTINGS.alias]: postings(({ alias }) => alias),
    [POSTINGS.title]: postings((counts) => counts.title),
    [STRICT.title]: strictTerms(title.words, analyzer),
    [STRICT.text]: strictTerms(text.words, analyzer),
    [STRICT.any]: strictTerms(words, analyzer),
    [BEGINS.title]: beginnings(title.words),
    [BEGINS.text]: beginnings(text.words),
    [BEGINS.any]: beginnings(words),
    id: bounded(article.id),
    seqNo,
    time: wholeMs(timeOf(article.date)),
    length: one.length,
    titleLength: one.titleLength,
    isInOtherLanguage: article.language !== null && isOtherThanGerman(article.language),
    content: contentName(article),
    ...valueFields(article),
    [PACKED]: packedArticle(one).toString('base64'),
    article: JSON.stringify(article),
  }
}

/** The terms of words, and of the pieces between their hyphens: not of parts of longer words. */
function strictTerms(words: readonly Word[], analyzer: Analyzer): string[] {
  const terms = new Set<string>()
  for (const word of new Set(words)) {
    terms.add(word.term)
    for (const { term, kind } of word.aliases) if (kind !== 'verbLemma') terms.add(term)
    if (!word.key.includes('-')) continue
    const parts = new Set([...word.parts, ...word.subCompounds].map(({ term }) => term))
    for (const { term } of phraseWord(word, analyzer).units) if (parts.has(term)) terms.add(term)
  }
  return [...terms].map(storedTerm)
}

function beginnings(words: readonly Word[]): string[] {
  const keys = new Set<string>()
  for (const { stop, form } of words) if (!stop) keys.add(storedTerm(orderKey(keyOfForm(form))))
  return [...keys]
}
