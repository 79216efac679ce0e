import type { Word } from '../analysis/word/word.ts'
import { inverseDocumentFrequency, saturation } from '../search/ranking/bm25.ts'
import { TITLE_WEIGHT } from '../search/ranking/weights.ts'
import type { AnalysedArticle } from './analysed-article.ts'
import type { TermFrequencies } from './term-frequencies.ts'

const LETTERS = /^\p{L}[\p{L}\p{M}'-]+$/u

interface Significance {
  readonly word: Word
  frequency: number
}

/** The words that tell most about an article; those that no other article shares tell nothing about others. */
export async function significantTerms(
  { title, text }: AnalysedArticle,
  norm: number,
  frequencies: TermFrequencies,
  documents: number,
  most: number,
): Promise<readonly string[]> {
  const found = new Map<string, Significance>()
  const add = (words: readonly Word[], weight: number): void => {
    for (const word of words) {
      if (word.stop || !LETTERS.test(word.key)) continue
      const before = found.get(word.term)
      if (before === undefined) found.set(word.term, { word, frequency: weight })
      else before.frequency += weight
    }
  }
  add(title.words, TITLE_WEIGHT)
  add(text.words, 1)
  const furtherOf = ({ parts, subCompounds, aliases }: Word): string[] =>
    [...parts, ...subCompounds, ...aliases].map(({ term }) => term)
  const terms = [...found.keys()]
  const all = [...new Set([...terms, ...[...found.values()].flatMap(({ word }) => furtherOf(word))])]
  const counts = new Map<string, number>()
  for (const [at, count] of (await frequencies.documents(all)).entries()) counts.set(all[at] as string, count)
  const isShared = (term: string): boolean => (counts.get(term) as number) > 1
  return [...found.values()]
    .flatMap(({ word, frequency }) => {
      if (!isShared(word.term) && !furtherOf(word).some(isShared)) return []
      const idf = inverseDocumentFrequency(counts.get(word.term) as number, documents)
      return [{ key: word.key, score: saturation(frequency, norm) * idf }]
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .slice(0, most)
    .map(({ key }) => key)
}
