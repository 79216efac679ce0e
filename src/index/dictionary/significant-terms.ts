import { keyOfForm } from '../../analysis/word/word.ts'
import { inverseDocumentFrequency, saturation } from '../../search/ranking/bm25.ts'
import { TITLE_WEIGHT } from '../../search/ranking/weights.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Of longer articles the beginning tells enough. */
const TOKENS_MAX = 50_000
const LETTERS = /^\p{L}[\p{L}\p{M}'-]+$/u

/**
 * The words that tell most about an article, by BM25's weight of each in it: spelt in lower case, one spelling a term, the most telling
 * first. Words that no other article has tell nothing about others.
 */
export function significantTerms(index: ArticleIndex, docId: number, most: number): string[] {
  const { vocabulary, forward, documents } = index
  const { title, text } = forward.counts(docId)
  const forms = forward.forms(docId)
  const counts = new Map<number, { form: number; count: number }>()
  // each form is looked at once, however often it comes
  const contentForms = new Map<number, boolean>()
  const end = Math.min(title + text, TOKENS_MAX)
  for (let at = 0; at < end; at++) {
    const form = forms[at] as number
    let isContentForm = contentForms.get(form)
    if (isContentForm === undefined) {
      isContentForm = !vocabulary.isStop(form) && LETTERS.test(keyOfForm(vocabulary.forms.at(form) as string))
      contentForms.set(form, isContentForm)
    }
    if (!isContentForm) continue
    const term = vocabulary.termOfForm(form)
    const known = counts.get(term)
    const weight = at < title ? TITLE_WEIGHT : 1
    if (known === undefined) counts.set(term, { form, count: weight })
    else known.count += weight
  }
  const norm = documents.norms()[docId] as number
  return Array.from(counts, ([term, { form, count }]) => {
    const articles = vocabulary.documentFrequencies.at(term)
    // what no other article has may still be made of words that others have
    const isShared =
      articles > 1 || vocabulary.additionalTerms(form).some((part) => vocabulary.documentFrequencies.at(part.term) > 1)
    const score = isShared ? saturation(count, norm) * inverseDocumentFrequency(articles, documents.liveCount) : 0
    return { key: keyOfForm(vocabulary.forms.at(form) as string), score }
  })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .slice(0, most)
    .map(({ key }) => key)
}
